import type { Clock } from '#platform/clock/clock.ts';
import type { Faults } from '#platform/faults/faults.ts';
import type { Random } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { type BackoffBounds, backoffMs, DEPENDENCY_DOWN, RETRY } from './backoff.ts';
import { dependencyIsDown } from './failure.ts';
import { type IncomingEvent, MAX_ATTEMPTS, type Subscription } from './port.ts';
import type { Slots } from './slots.ts';

/** How often a whole batch is tried before its events are tried alone. */
const BATCH_ATTEMPTS = 2;

export interface DeliveryTools {
  readonly clock: Clock;
  readonly random: Random;
  readonly faults: Faults;
  readonly logger: Logger;
}

/** What the log tells of a delivery. */
export interface DeliveryPlace {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
}

export interface DeliveryOptions {
  readonly place: DeliveryPlace;
  readonly handle: Subscription['handle'];
  /** The member's: as many batches in hand as it asked for. */
  readonly slots: Slots;
  /** Once it aborts, nothing is tried again. */
  readonly stop: AbortSignal;
  /** Keeps an event that the group cannot handle. Repeated until it succeeds. */
  putAside(event: IncomingEvent, error: unknown): Promise<void>;
}

/** Hands the events of one partition to a group's handler: again where that may help, aside where it does not. */
export class Delivery {
  readonly #tools: DeliveryTools;
  readonly #options: DeliveryOptions;
  #holdsSlot = false;

  constructor(tools: DeliveryTools, options: DeliveryOptions) {
    this.#tools = tools;
    this.#options = options;
  }

  get #stopping(): boolean {
    return this.#options.stop.aborted;
  }

  /** Takes its turn among the partitions of the member. Waits without a turn do not hold up the others. */
  async takeSlot(): Promise<void> {
    this.#holdsSlot = await this.#options.slots.take(this.#options.stop);
  }

  giveSlot(): void {
    if (!this.#holdsSlot) return;
    this.#holdsSlot = false;
    this.#options.slots.give();
  }

  /** Resolves when all events are handled or put aside, or when it stops. Tells `done` of the last event up to which that is so. */
  async deliver(events: readonly IncomingEvent[], done: (last: IncomingEvent) => void): Promise<void> {
    const last = events.at(-1)!;
    const error = await this.#attempt(events, events.length === 1 ? MAX_ATTEMPTS : BATCH_ATTEMPTS);
    if (error === undefined) return done(last);
    if (this.#stopping) return;
    if (events.length === 1) {
      if (await this.#putAside(last, error.cause)) done(last);
      return;
    }
    for (const event of events) {
      if (this.#stopping) return;
      await this.deliver([event], done);
    }
  }

  /** Tries an event that was put aside before. `stopped` means that nothing is decided: it has to come again. */
  async redeliver(event: IncomingEvent): Promise<'handled' | 'aside' | 'stopped'> {
    const error = await this.#attempt([event], MAX_ATTEMPTS);
    if (error === undefined) return 'handled';
    if (this.#stopping) return 'stopped';
    return (await this.#putAside(event, error.cause)) ? 'aside' : 'stopped';
  }

  /** Waits without holding a slot. */
  async pause(bounds: BackoffBounds, failures: number): Promise<void> {
    this.giveSlot();
    await this.#tools.clock.wait(backoffMs(bounds, failures, this.#tools.random), this.#options.stop);
    await this.takeSlot();
  }

  /** Undefined when the events were handled, else the last error: after `attempts`, or because it stops. */
  async #attempt(events: readonly IncomingEvent[], attempts: number): Promise<{ cause: unknown } | undefined> {
    let failures = 0;
    let absences = 0;
    for (;;) {
      try {
        this.#tools.faults.hit('bus.before-handle');
        await this.#options.handle(events);
        this.#tools.faults.hit('bus.after-handle');
        return undefined;
      } catch (cause) {
        const down = dependencyIsDown(cause);
        if (down) absences++;
        else failures++;
        this.#tools.logger.warn(
          { err: cause, ...this.#options.place, offset: events[0]!.offset, events: events.length, failures, absences },
          down ? 'a consumer waits for what it needs' : 'a consumer failed',
        );
        if (this.#stopping || failures >= attempts) return { cause };
        if (down) await this.pause(DEPENDENCY_DOWN, absences);
        else await this.pause(RETRY, failures);
        if (this.#stopping) return { cause };
      }
    }
  }

  /** False when it stopped before the letter was durable; then the event comes again. */
  async #putAside(event: IncomingEvent, error: unknown): Promise<boolean> {
    const { place, putAside } = this.#options;
    for (let failures = 1; ; failures++) {
      try {
        await putAside(event, error);
        this.#tools.logger.error({ err: error, ...place, offset: event.offset }, 'an event was put aside');
        return true;
      } catch (cause) {
        this.#tools.logger.error({ err: cause, ...place }, 'a dead letter was not written; trying again');
        if (this.#stopping) return false;
        await this.pause(DEPENDENCY_DOWN, failures);
        if (this.#stopping) return false;
      }
    }
  }
}
