import { LRUCache } from 'lru-cache';
import type { Clock } from '#platform/clock/clock.ts';

/** So many who ask for one thing during one read of it are a crowd: hundreds a second. Those who look at it at the same time by chance are fewer. */
export const CROWD = 8;
/** How old what a crowd gets may be. */
export const CROWD_KEEP_MS = 1_000;
/** Whole answers, some of them pages; what crowds come for is little at a time. */
const MAX_KEPT = 200;

interface Kept<V> {
  readonly value: V;
  readonly untilMs: number;
}

/**
 * What crowds came for. A crowd gets the read that was under way when it came, and so does whoever comes within a second of its beginning: otherwise a thousand readers who are spread over that
 * second make one read after the other.
 */
export class Crowds<V> {
  readonly #clock: Clock;
  readonly #kept = new LRUCache<string, Kept<V>>({ max: MAX_KEPT });

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.monotonic();
  }

  /** What a crowd has got in the last second. */
  recent(key: string): Kept<V> | undefined {
    const kept = this.#kept.get(key);
    return kept !== undefined && this.now() < kept.untilMs ? kept : undefined;
  }

  /** Whether so many who asked take what was read since then; it is kept if they do. */
  take(key: string, value: V, readers: number, sinceMs: number): boolean {
    const untilMs = sinceMs + CROWD_KEEP_MS;
    // A store that is slow makes nothing older than it may be.
    if (readers < CROWD || this.now() >= untilMs) return false;
    this.#kept.set(key, { value, untilMs });
    return true;
  }
}
