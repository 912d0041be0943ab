import { systemClock } from '#platform/clock/system-clock.ts';
import { loadConfig } from '#platform/config/config.ts';
import { SERVICE_NAMES, type ServiceName } from '#platform/config/service-names.ts';
import { stopOnSignals } from '#platform/lifecycle/signals.ts';
import { StartError, startProblem } from '#platform/lifecycle/start-error.ts';

/** `plaza service <name>`: one service in this process, until it is told to stop. */
export async function runService(name: string): Promise<void> {
  const service = SERVICE_NAMES.find((known) => known === name) as ServiceName | undefined;
  if (service === undefined) {
    throw new StartError(`There is no service "${name}": use ${SERVICE_NAMES.join(', ')}.`);
  }
  const config = loadConfig({ env: process.env });
  const { startOneService } = await import('../service.ts');
  const running = await startOneService({ config, service }).catch((error: unknown) => {
    const line = startProblem(error);
    throw line === undefined ? error : new StartError(line);
  });
  stopOnSignals(
    process,
    systemClock,
    () => running.stop(),
    (error) => console.error(`${service} did not stop cleanly: ${(error as Error).message}`),
  );
  process.stdout.write(`${service} is ready at ${running.address}\n`);
}
