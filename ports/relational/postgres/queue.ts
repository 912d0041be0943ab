import { unavailable } from './errors.ts';

/** Callers that wait for a connection; more are refused at once, so that they can come again. */
const MAX_WAITING = 10_000;

interface Waiter {
  resolve(): void;
  reject(error: Error): void;
  readonly timer: NodeJS.Timeout;
}

/** Lets a number of callers in at once; the others wait in order, and not for ever. */
export class Queue {
  readonly #waiters = new Set<Waiter>();
  readonly #waitMs: number;
  #free: number;

  constructor(places: number, waitMs: number) {
    this.#free = places;
    this.#waitMs = waitMs;
  }

  get waiting(): number {
    return this.#waiters.size;
  }

  /** @throws PlazaError `unavailable` when too many wait, or it takes too long */
  enter(): Promise<void> {
    if (this.#free > 0) {
      this.#free--;
      return Promise.resolve();
    }
    if (this.#waiters.size >= MAX_WAITING) return Promise.reject(unavailable('Too many wait for the database'));
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        resolve,
        reject,
        timer: setTimeout(() => {
          this.#waiters.delete(waiter);
          reject(unavailable('The database is too busy'));
        }, this.#waitMs),
      };
      this.#waiters.add(waiter);
    });
  }

  leave(): void {
    for (const waiter of this.#waiters) {
      this.#waiters.delete(waiter);
      clearTimeout(waiter.timer);
      waiter.resolve();
      return;
    }
    this.#free++;
  }

  /** Sends away all who wait. */
  refuseAll(error: Error): void {
    for (const waiter of this.#waiters) {
      clearTimeout(waiter.timer);
      waiter.reject(error);
    }
    this.#waiters.clear();
  }
}
