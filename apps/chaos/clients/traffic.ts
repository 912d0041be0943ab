import type { Clock } from '#platform/clock/clock.ts';
import type { Client } from './client.ts';

/** All clients at once: they go on until they are told to pause, each finishing what it has begun. */
export class Traffic {
  readonly #clients: readonly Client[];
  readonly #clock: Clock;
  #pausing = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  constructor(clients: readonly Client[], clock: Clock) {
    this.#clients = clients;
    this.#clock = clock;
    this.#pausing.abort();
  }

  resume(): void {
    if (!this.#pausing.signal.aborted) return;
    this.#pausing = new AbortController();
    const { signal } = this.#pausing;
    this.#running = Promise.all(this.#clients.map((client) => client.run(signal)));
    // Whoever pauses is told of a failure; until then it must not end the program.
    this.#running.catch(() => {});
  }

  /** Resolves when nobody has anything under way. */
  async pause(): Promise<void> {
    this.#pausing.abort();
    await this.#running;
  }

  /** Resolves when every client was acknowledged something after that moment, or with the number of those who were not. */
  async untilAllServed(sinceMs: number, withinMs: number): Promise<number> {
    const deadline = this.#clock.monotonic() + withinMs;
    for (;;) {
      const waiting = this.#clients.filter((client) => client.servedAtMs < sinceMs).length;
      if (waiting === 0 || this.#clock.monotonic() > deadline) return waiting;
      await this.#clock.wait(50);
    }
  }
}
