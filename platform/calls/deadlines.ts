import type { Clock } from '#platform/clock/clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';

interface Waiting {
  readonly dueMs: number;
  readonly expire: () => void;
}

/** How late an expiry may be noticed. */
const TICK_MS = 20;

/**
 * Ends waits that took too long, with one shared timer that runs only while somebody waits: a timer of its own for each call would cost
 * more than most calls do.
 */
export class Deadlines {
  readonly #clock: Clock;
  readonly #waiting = new Set<Waiting>();
  #ticking = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `expire` once after `waitMs`, unless the returned entry is removed before. */
  add(waitMs: number, expire: () => void): Waiting {
    const entry = { dueMs: this.#clock.monotonic() + waitMs, expire };
    this.#waiting.add(entry);
    if (!this.#ticking) void this.#tick();
    return entry;
  }

  remove(entry: Waiting): void {
    this.#waiting.delete(entry);
  }

  async #tick(): Promise<void> {
    this.#ticking = true;
    while (this.#waiting.size > 0) {
      await this.#clock.wait(TICK_MS);
      const nowMs = this.#clock.monotonic();
      for (const entry of this.#waiting) {
        if (entry.dueMs > nowMs) continue;
        this.#waiting.delete(entry);
        entry.expire();
      }
    }
    this.#ticking = false;
  }
}

export function callTimedOut(service: string, operation: string): PlazaError {
  return new PlazaError('timeout', 'The request took too long', {
    description: `${service}.${operation} did not answer in time`,
  });
}
