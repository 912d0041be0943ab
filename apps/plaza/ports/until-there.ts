import type { Clock } from '#platform/clock/clock.ts';
import { StartError } from '#platform/lifecycle/start-error.ts';
import type { Random } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { backoffMs, DEPENDENCY_DOWN } from '#ports/event-bus/backoff.ts';
import { dependencyIsDown } from '#ports/event-bus/failure.ts';

/** Engines and services start at the same time; one that is not there after this is not on its way. */
const PATIENCE_MS = 3 * 60_000;

/**
 * Asks an engine until it answers.
 * @throws StartError when it has not answered in three minutes
 */
export async function untilThere<T>(
  what: string,
  { clock, random, log }: { readonly clock: Clock; readonly random: Random; readonly log: Logger },
  ask: () => Promise<T>,
): Promise<T> {
  const startedMs = clock.monotonic();
  for (let failures = 1; ; failures++) {
    try {
      return await ask();
    } catch (error) {
      if (!dependencyIsDown(error)) throw error;
      if (clock.monotonic() - startedMs > PATIENCE_MS) {
        throw new StartError(`${what} does not answer (${(error as Error).message}): start it, or mend its address.`);
      }
      log.warn({ err: error, failures }, `waiting for ${what}`);
      await clock.wait(backoffMs(DEPENDENCY_DOWN, failures, random));
    }
  }
}
