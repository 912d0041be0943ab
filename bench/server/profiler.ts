import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';

/** Fine enough for requests of a few hundred microseconds. */
const INTERVAL_US = 200;

/**
 * Lets another process profile this one's main thread: each signal `SIGUSR2` begins a profile or ends it and writes it to `file`. `announce` is called
 * when that is done.
 */
export function profileOnSignal(file: string, announce: (state: 'started' | 'written') => void): void {
  const session = new Session();
  session.connect();
  let running = false;
  const toggle = async () => {
    if (running) {
      const { profile } = await session.post('Profiler.stop');
      writeFileSync(file, JSON.stringify(profile));
    } else {
      await session.post('Profiler.enable');
      await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_US });
      await session.post('Profiler.start');
    }
    running = !running;
    announce(running ? 'started' : 'written');
  };
  process.on('SIGUSR2', () => void toggle());
}
