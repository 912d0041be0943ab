import type { Clock } from '#platform/clock/clock.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Recount } from './recount.ts';
import type { Reservations } from './store/reservations.ts';
import { DAY_MS, dayOf, TAG_DAYS, type TagStore } from './store/tag-store.ts';

const EVERY_MS = 3_600_000;

export interface MaintenanceTools {
  readonly clock: Clock;
  readonly log: Logger;
  readonly reservations: Reservations;
  readonly tags: TagStore;
  readonly recount: Recount;
}

/** Once an hour: forgets what is kept for a while only, and checks the counts of the posts that were reacted to. */
export class Maintenance {
  readonly #tools: MaintenanceTools;
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(tools: MaintenanceTools) {
    this.#tools = tools;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /** Resolves when no round is under way. */
  drain(): Promise<void> {
    return this.#sweeping;
  }

  async #sweep(): Promise<void> {
    const { clock, reservations, tags, recount } = this.#tools;
    await reservations.sweep(clock.now() - DAY_MS);
    // One day more than is told of, so that a use that is counted late is not counted into a day that was just forgotten.
    await tags.sweep(dayOf(clock.now()) - (TAG_DAYS + 1) * DAY_MS);
    await recount.round();
  }

  async #run(): Promise<void> {
    const { clock, log } = this.#tools;
    for (;;) {
      await clock.wait(EVERY_MS, this.#stop.signal);
      if (this.#stop.signal.aborted) return;
      this.#sweeping = this.#sweep().catch((error) => {
        log.warn({ err: error }, 'post maintenance: trying again in an hour');
      });
      await this.#sweeping;
    }
  }
}
