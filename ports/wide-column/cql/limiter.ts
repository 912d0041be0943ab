import { PlazaError } from '#platform/errors/errors.ts';

/** Lets a number of requests run at once; the others wait in the order in which they came, up to a number of them. */
export class Limiter {
  readonly #running: number;
  readonly #waiting: number;
  readonly #queue: (() => void)[] = [];
  #next = 0;
  inFlight = 0;

  constructor(running: number, waiting: number) {
    this.#running = running;
    this.#waiting = waiting;
  }

  get waiting(): number {
    return this.#queue.length - this.#next;
  }

  /** @throws PlazaError `unavailable` when too many wait */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.inFlight < this.#running) this.inFlight++;
    else await this.#turn();
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  #turn(): Promise<void> {
    if (this.waiting >= this.#waiting) {
      throw new PlazaError('unavailable', 'Too many requests wait for the wide-column store');
    }
    return new Promise((resolve) => this.#queue.push(resolve));
  }

  /** Whoever waits longest takes the place that becomes free. */
  #leave(): void {
    if (this.waiting === 0) {
      this.inFlight--;
      return;
    }
    this.#queue[this.#next++]!();
    if (this.#next < 1_000 && this.waiting > 0) return;
    this.#queue.splice(0, this.#next);
    this.#next = 0;
  }
}

/** Works through all items, a number of them at once. The first failure rejects, when all that had begun have ended. */
export async function forEachOf<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (next < items.length && !failed) {
      try {
        await work(items[next++]!);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const workers = Array.from({ length: Math.min(atOnce, items.length) }, worker);
  const [failure] = (await Promise.allSettled(workers)).filter((outcome) => outcome.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
}
