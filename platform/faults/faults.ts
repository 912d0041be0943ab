import { writeSync } from 'node:fs';
import type { FaultPoint } from './points.ts';

/** Called at each named fault point. In production it does nothing; a crash test ends the process there. */
export interface Faults {
  hit(point: FaultPoint): void;
}

export const noFaults: Faults = { hit() {} };

/**
 * Ends the process, as a power cut would, when `point` is hit for the `nth` time. The point's name is written to standard error
 * first, so that a crash test can tell that it was reached.
 */
export function killAt(point: FaultPoint, nth: number): Faults {
  let hits = 0;
  return {
    hit(reached) {
      if (reached !== point || ++hits !== nth) return;
      // Straight to the descriptor: in a worker thread process.stderr goes through the main thread, which is about to die.
      writeSync(2, `fault point reached: ${point}\n`);
      process.kill(process.pid, 'SIGKILL');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10_000);
    },
  };
}
