// The product as `npm start` runs it, told to say when it is ready.
import { startPlaza } from '#apps/plaza/plaza.ts';
import { settleMemory } from '#apps/plaza/settle-memory.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { loadConfig } from '#platform/config/config.ts';
import { stopOnSignals } from '#platform/lifecycle/signals.ts';

const profile = process.env.BENCH_PROFILE;
const plaza = await startPlaza({ config: loadConfig({ env: process.env }) });
stopOnSignals(process, systemClock, plaza.stop, (error) => console.error(error));
if (profile !== undefined) {
  const { profileOnSignal } = await import('./profiler.ts');
  profileOnSignal(profile, (state) => process.stdout.write(`profile ${state}\n`));
}
settleMemory();
process.stdout.write(`ready ${plaza.address} ${plaza.metricsAddress ?? ''}\n`);
