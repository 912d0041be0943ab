import { serviceContext } from '#platform/calls/context.ts';
import { createDirectory, type ProcessDirectory } from '#platform/calls/directory.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import type { Config } from '#platform/config/config.ts';
import { noFaults } from '#platform/faults/faults.ts';
import { systemRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { createMetrics } from '#platform/telemetry/metrics.ts';
import { backUpOnServers } from '../backup/back-up-here.ts';
import { addressOf, callSecretOf } from '../composition/addresses.ts';
import { drainAll, sumOf } from '../drain.ts';
import type { OpenPorts, PortName } from '../ports/names.ts';
import { SERVER_TWINS } from '../ports/servers.ts';
import type { OperatorContext } from './command.ts';
import { toolsOf } from './migration-tools.ts';
import { processesAt } from './processes.ts';

const LOOK_EVERY_MS = 100;

export interface Remote {
  readonly operator: OperatorContext;
  readonly services: ProcessDirectory;
  close(): Promise<void>;
}

/** Speaks to services that run elsewhere, by calls: nothing is started, and no lock is taken. */
export function openRemote(config: Config): Remote {
  const [clock, random, log, metrics] = [systemClock, systemRandom, createLog('error'), createMetrics()];
  const elsewhere = { secret: callSecretOf(config), addressOf: (name: string) => addressOf(config, name) };
  const services = createDirectory({ transport: 'function', clock, log, random, elsewhere });
  const opened = new Map<PortName, Promise<OpenPorts[PortName]>>();
  const open = <P extends PortName>(name: P): Promise<OpenPorts[P]> => {
    const known = opened.get(name) as Promise<OpenPorts[P]> | undefined;
    if (known !== undefined) return known;
    const opening = SERVER_TWINS[name]({ config, clock, random, log, metrics, faults: noFaults });
    opened.set(name, opening);
    return opening;
  };
  const bus = () => open('bus');
  const operator: OperatorContext = {
    services,
    bus: {
      deadLetters: async (limit) => (await bus()).deadLetters(limit),
      replay: async (id) => (await bus()).replay(id),
    },
    context: () => serviceContext('operator', clock),
    async drain() {
      const { lag } = await bus();
      const idle = async () => {
        while (sumOf(await lag()) > 0) await clock.wait(LOOK_EVERY_MS);
      };
      await drainAll(await processesAt(config.processUrls, callSecretOf(config)), { idle, lag });
    },
    async migrationTools(report) {
      const stores = { wide: await open('wideColumn'), relational: await open('relational') };
      return toolsOf(stores, { clock, random, log }, report);
    },
    backUp: backUpOnServers(config),
  };
  return {
    operator,
    services,
    async close() {
      await services.close();
      for (const port of opened.values()) await (await port.catch(() => undefined))?.close();
    },
  };
}
