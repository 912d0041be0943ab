import type { Clock } from '#platform/clock/clock.ts';

/** Holds work to a number of units a second, evenly. What was not used is not saved up. */
export class Pace {
  readonly #clock: Clock;
  readonly #perSecond: number;
  #freeAtMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock;
    this.#perSecond = perSecond;
  }

  /** Resolves when the units that were taken before have had their time. */
  async take(units: number): Promise<void> {
    const nowMs = this.#clock.monotonic();
    const startMs = Math.max(nowMs, this.#freeAtMs);
    this.#freeAtMs = startMs + (units * 1_000) / this.#perSecond;
    if (startMs > nowMs) await this.#clock.wait(startMs - nowMs);
  }
}
