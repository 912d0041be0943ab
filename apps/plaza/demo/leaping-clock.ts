import type { Clock } from '#platform/clock/clock.ts';

/**
 * A clock whose wall time begins in the past and can leap forward, as if somebody set a machine's clock. Monotonic time and waits are those of the clock
 * below: who waits for an hour to pass before tidying up is not woken by every leap.
 */
export class LeapingClock implements Clock {
  readonly #clock: Clock;
  #behindMs: number;

  /** @param behindMs how far in the past it begins */
  constructor(clock: Clock, behindMs: number) {
    this.#clock = clock;
    this.#behindMs = behindMs;
  }

  now(): number {
    return this.#clock.now() - this.#behindMs;
  }

  monotonic(): number {
    return this.#clock.monotonic();
  }

  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return this.#clock.wait(ms, signal);
  }

  /** Leaps to `timeMs` of {@link now}, never back and never beyond the present. */
  leapTo(timeMs: number): void {
    this.#behindMs = Math.min(this.#behindMs, Math.max(0, this.#clock.now() - Math.round(timeMs)));
  }
}
