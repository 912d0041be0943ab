import type { Clock } from './clock.ts';

interface Waiter {
  readonly dueMs: number;
  readonly wake: () => void;
}

/** A clock that stands still until a test moves it. */
export class TestClock implements Clock {
  #nowMs: number;
  #waiters = new Set<Waiter>();

  constructor(startMs = Date.UTC(2026, 0, 1)) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  monotonic(): number {
    return this.#nowMs;
  }

  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const waiter: Waiter = {
        dueMs: this.#nowMs + ms,
        wake: () => {
          this.#waiters.delete(waiter);
          signal?.removeEventListener('abort', waiter.wake);
          resolve();
        },
      };
      this.#waiters.add(waiter);
      signal?.addEventListener('abort', waiter.wake, { once: true });
    });
  }

  /** Moves time forward by `ms` and wakes everyone whose wait is over, earliest first. */
  advance(ms: number): void {
    this.#nowMs += ms;
    const due = [...this.#waiters].filter((waiter) => waiter.dueMs <= this.#nowMs);
    for (const waiter of due.sort((a, b) => a.dueMs - b.dueMs)) waiter.wake();
  }
}
