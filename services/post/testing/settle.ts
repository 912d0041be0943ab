import type { TestClock } from '#platform/clock/test-clock.ts';
import type { Stage } from './stage.ts';

const STEPS = 20;

/** With a clock that a test owns: lets `afterMs` pass, and then as little as it takes until all that follows from what was acknowledged has happened. */
export async function settle(stage: Stage, clock: TestClock, afterMs = 0): Promise<void> {
  const breathe = () => new Promise((resolve) => setImmediate(resolve));
  for (let step = 0; afterMs > 0 && step < STEPS; step++) {
    clock.advance(afterMs / STEPS);
    await breathe();
  }
  let drained = false;
  const draining = stage.drain().then(() => {
    drained = true;
  });
  while (!drained) {
    // Retries wait for time to pass.
    clock.advance(1);
    await breathe();
  }
  await draining;
}
