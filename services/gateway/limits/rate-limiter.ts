import { LRUCache } from 'lru-cache';
import type { Clock } from '#platform/clock/clock.ts';
import type { Cache } from '#ports/cache/port.ts';
import type { RateLimit, RateLimitName, RateLimitSettings } from './rate-limits.ts';

export interface RateVerdict {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** When the window ends, in milliseconds since the epoch. */
  readonly resetMs: number;
  /** How long that is from now. */
  readonly resetInMs: number;
}

/** What this process knows of one caller's window. */
interface Window {
  readonly endsMs: number;
  /** Everyone's requests as of the last answer of the shared counter. */
  shared: number;
  /** Requests here that the shared counter has not heard of. */
  unsent: number;
  sending: boolean;
}

/** Callers whose windows are held at once: about 20 MB. Beyond it the longest idle are forgotten here and remembered by the shared counter. */
const MAX_WINDOWS = 100_000;
/** A limit is shared in this many steps: the most that one process can run over it, times the number of other processes, is a fiftieth. */
const STEPS = 50;

/**
 * Counts requests in windows. The count is kept here and added to the shared counter of the cache in steps, so that most requests wait for
 * nothing; a limit of few requests is shared at each one. When the cache is away, this process's own count decides: it never opens.
 */
export class RateLimiter {
  readonly #settings: RateLimitSettings;
  readonly #cache: Cache;
  readonly #clock: Clock;
  readonly #windows = new LRUCache<string, Window>({ max: MAX_WINDOWS });

  constructor(settings: RateLimitSettings, cache: Cache, clock: Clock) {
    this.#settings = settings;
    this.#cache = cache;
    this.#clock = clock;
  }

  limitOf(name: RateLimitName): RateLimit {
    return this.#settings[name];
  }

  /** Counts one request of `who` (an account id, or an address from `addressKey`). */
  take(name: RateLimitName, who: string): RateVerdict | Promise<RateVerdict> {
    const limit = this.#settings[name];
    const nowMs = this.#clock.now();
    const key = `${name}:${who}`;
    let window = this.#windows.get(key);
    if (window === undefined || window.endsMs <= nowMs) {
      const endsMs = nowMs - (nowMs % limit.windowMs) + limit.windowMs;
      window = { endsMs, shared: 0, unsent: 0, sending: false };
      this.#windows.set(key, window);
    }
    // Refused requests are not counted: somebody who keeps asking is let in again when the window ends.
    if (window.shared + window.unsent >= limit.requests) return verdict(limit, window, nowMs, false);
    window.unsent += 1;
    const step = Math.floor(limit.requests / STEPS);
    if (step <= 1) return this.#takeShared(key, limit, window, nowMs);
    if (window.unsent >= step && !window.sending) void this.#share(key, window, nowMs);
    return verdict(limit, window, nowMs, true);
  }

  async #takeShared(key: string, limit: RateLimit, window: Window, nowMs: number): Promise<RateVerdict> {
    await this.#share(key, window, nowMs);
    return verdict(limit, window, nowMs, window.shared + window.unsent <= limit.requests);
  }

  async #share(key: string, window: Window, nowMs: number): Promise<void> {
    const sent = window.unsent;
    window.sending = true;
    window.unsent = 0;
    window.shared += sent;
    try {
      const { value } = await this.#cache.increment(
        `rate:${key}:${window.endsMs}`,
        sent,
        Math.max(1, window.endsMs - nowMs),
      );
      // A cache that forgot starts again at 0; what was counted here still counts.
      window.shared = Math.max(window.shared, value);
    } catch {
      // The cache is away: the count of this process stands.
    } finally {
      window.sending = false;
    }
  }
}

function verdict(limit: RateLimit, window: Window, nowMs: number, allowed: boolean): RateVerdict {
  const used = window.shared + window.unsent;
  return {
    allowed,
    limit: limit.requests,
    remaining: Math.max(0, limit.requests - used),
    resetMs: window.endsMs,
    resetInMs: window.endsMs - nowMs,
  };
}
