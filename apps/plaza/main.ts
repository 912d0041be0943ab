import { systemClock } from '#platform/clock/system-clock.ts';
import { loadConfig } from '#platform/config/config.ts';
import { ConfigError } from '#platform/config/config-error.ts';
import { stopOnSignals } from '#platform/lifecycle/signals.ts';
import { startProblem } from '#platform/lifecycle/start-error.ts';
import { banner } from './banner.ts';
import { startPlaza } from './plaza.ts';
import { settleMemory } from './settle-memory.ts';

/** `npm start`: everything in one process, until Ctrl-C. */
async function main(): Promise<void> {
  const config = loadConfig({ env: process.env });
  const plaza = await startPlaza({ config });
  stopOnSignals(
    process,
    systemClock,
    () => plaza.stop(),
    (error) => console.error(`Plaza did not stop cleanly: ${(error as Error).message}`),
  );
  settleMemory();
  process.stdout.write(banner(plaza, config));
  void plaza.failed.then((error) => {
    console.error(startProblem(error) ?? `The data can no longer be written: ${error.message}`);
    process.exit(1);
  });
}

main().catch((error: unknown) => {
  const line = error instanceof ConfigError ? error.message : startProblem(error);
  console.error(line ?? error);
  process.exitCode = 1;
});
