import type { Clock } from '#platform/clock/clock.ts';

interface Waiter {
  readonly dueMs: number;
  readonly wake: () => void;
}

/**
 * A clock that begins in the past, runs as fast as the machine's own and can leap forward. Whoever waits for a moment that was leapt over is woken at once,
 * as if a machine had slept. Both readings leap together.
 */
export class LeapingClock implements Clock {
  readonly #clock: Clock;
  readonly #waiters = new Set<Waiter>();
  readonly #startBehindMs: number;
  #behindMs: number;

  /** @param behindMs how far in the past it begins */
  constructor(clock: Clock, behindMs: number) {
    this.#clock = clock;
    this.#behindMs = behindMs;
    this.#startBehindMs = behindMs;
  }

  now(): number {
    return this.#clock.now() - this.#behindMs;
  }

  monotonic(): number {
    return this.#clock.monotonic() + this.#startBehindMs - this.#behindMs;
  }

  async wait(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return;
    const over = new AbortController();
    const waiter: Waiter = { dueMs: this.monotonic() + ms, wake: () => over.abort() };
    this.#waiters.add(waiter);
    await this.#clock.wait(ms, signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]));
    this.#waiters.delete(waiter);
  }

  /** Leaps to `timeMs` of {@link now}, never back and never beyond the present. */
  leapTo(timeMs: number): void {
    const behindMs = Math.max(0, this.#clock.now() - Math.round(timeMs));
    if (behindMs >= this.#behindMs) return;
    this.#behindMs = behindMs;
    const nowMs = this.monotonic();
    const due = [...this.#waiters].filter((waiter) => waiter.dueMs <= nowMs);
    for (const waiter of due.sort((a, b) => a.dueMs - b.dueMs)) waiter.wake();
  }
}
