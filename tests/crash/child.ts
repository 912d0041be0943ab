// A Plaza that a crash test may kill: settings from the environment as for `npm start`, the clock shifted by the first argument (milliseconds).
import { startPlaza } from '#apps/plaza/plaza.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { loadConfig } from '#platform/config/config.ts';
import { stopOnSignals } from '#platform/lifecycle/signals.ts';

const offsetMs = Number(process.argv[2] ?? 0);
const clock: Clock = { ...systemClock, now: () => systemClock.now() + offsetMs };

const plaza = await startPlaza({ config: loadConfig({ env: process.env }), clock });
stopOnSignals(process, clock, plaza.stop, (error) => console.error(error));
process.stdout.write(`ready ${plaza.address}\n`);
