import type { TestClock } from '#platform/clock/test-clock.ts';
import type { Stage } from './stage.ts';

/** With a clock that a test owns: moves time on until `afterMs` have passed and all that follows from what was acknowledged has happened. */
export async function settle(stage: Stage, clock: TestClock, afterMs = 0): Promise<void> {
  const endMs = clock.now() + afterMs;
  for (;;) {
    let drained = false;
    const draining = stage.drain().then(() => {
      drained = true;
    });
    while (!drained) {
      clock.advance(250);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await draining;
    if (clock.now() >= endMs) return;
  }
}
