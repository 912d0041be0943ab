// A gateway as a process of its own. What processes share is embedded here and its alone, which is enough: a gateway keeps nothing of what people say.
// The load balancer has noticed that it leaves when SIGUSR2 says so: a busy machine takes longer than any delay.
import { once } from 'node:events';
import { openEmbeddedPorts } from '#apps/plaza/ports/embedded.ts';
import { startOneService } from '#apps/plaza/service.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { loadConfig } from '#platform/config/config.ts';
import { noFaults } from '#platform/faults/faults.ts';
import { stopOnSignals } from '#platform/lifecycle/signals.ts';
import { systemRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';

const config = loadConfig({ env: process.env });
const log = createLog(config.logLevel);
const noticed = once(process, 'SIGUSR2').then(() => {});
const delayMs = config.stopDelaySeconds * 1_000;
const clock: Clock = {
  ...systemClock,
  wait: (ms, signal) => (ms === delayMs ? noticed : systemClock.wait(ms, signal)),
};
const embedded = await openEmbeddedPorts({
  ...{ dataFolder: config.data, clock: systemClock, random: systemRandom, log, faults: noFaults },
  fault: undefined,
});
const opened = { ...embedded, embedded: undefined };
const gateway = await startOneService({ config, service: 'gateway', opened, clock });
stopOnSignals(
  process,
  systemClock,
  async () => {
    await gateway.stop();
    await embedded.close();
  },
  (error) => console.error(error),
);
console.log(`gateway at ${gateway.address}, watched at ${gateway.metricsAddress}, ready`);
