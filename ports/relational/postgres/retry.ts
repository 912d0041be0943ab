import type { Clock } from '#platform/clock/clock.ts';
import type { Random } from '#platform/random/random.ts';
import { isConflict } from './errors.ts';
import { Lanes } from './lanes.ts';

/** Each time at least one of those in conflict gets through, so this many lost in a row are a storm. */
const MAX_ATTEMPTS = 40;
/** Callers have given up by then. */
const MAX_TIME_MS = 10_000;
const MAX_PAUSE_MS = 64;

export interface Retries {
  readonly clock: Clock;
  readonly random: Random;
  /** Called for each conflict. */
  readonly onConflict: () => void;
}

/**
 * Runs transactions again after a serialization failure or a deadlock, from their start. From the second time on, those of one `kind` in this process go
 * one after the other, because they would only meet each other again. Fails with the last conflict.
 */
export function retrying({ clock, random, onConflict }: Retries) {
  const lanes = new Lanes();

  async function again<T>(work: () => Promise<T>, conflict: unknown, sinceMs: number): Promise<T> {
    let last = conflict;
    for (let attempt = 1; attempt < MAX_ATTEMPTS && clock.monotonic() - sinceMs < MAX_TIME_MS; attempt++) {
      if (attempt > 1) await clock.wait(pauseMs(attempt));
      try {
        return await work();
      } catch (error) {
        if (!isConflict(error)) throw error;
        onConflict();
        last = error;
      }
    }
    throw last;
  }

  /** Anything up to a bound that doubles, so that processes in conflict do not stay in step. */
  function pauseMs(attempt: number): number {
    return (random.bytes(1)[0]! / 255) * Math.min(MAX_PAUSE_MS, 2 ** attempt);
  }

  return async function withRetries<T>(kind: string, work: () => Promise<T>): Promise<T> {
    const sinceMs = clock.monotonic();
    try {
      return await work();
    } catch (error) {
      if (!isConflict(error)) throw error;
      onConflict();
      return lanes.run(kind, () => again(work, error, sinceMs));
    }
  };
}
