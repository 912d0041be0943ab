import type { Logger } from '#platform/telemetry/log.ts';
import { DEPENDENCY_DOWN } from '#ports/event-bus/backoff.ts';
import { Delivery, type DeliveryTools } from '#ports/event-bus/delivery.ts';
import type { IncomingEvent, Subscription } from '#ports/event-bus/port.ts';
import type { Slots } from '#ports/event-bus/slots.ts';
import type { PartitionBuffer } from './buffer.ts';
import type { Committer } from './committer.ts';
import type { DeadLetters } from './dead-letters.ts';
import { placeAfter } from './records.ts';
import { RETRY_TOPIC } from './topics.ts';

export interface WorkerOptions {
  readonly tools: DeliveryTools;
  readonly subscription: Subscription;
  readonly slots: Slots;
  readonly committer: Committer;
  readonly deadLetters: DeadLetters;
}

/** Hands one partition to one member: one batch at a time, in order, each until it is handled or put aside. */
export class PartitionWorker {
  readonly #options: WorkerOptions;
  readonly #logger: Logger;
  readonly #buffer: PartitionBuffer;
  readonly #delivery: Delivery;
  readonly #stop = new AbortController();
  readonly #run: Promise<void>;
  #committing: Promise<void> = Promise.resolve();

  constructor(options: WorkerOptions, buffer: PartitionBuffer) {
    const { tools, subscription, slots, deadLetters } = options;
    this.#options = options;
    this.#logger = tools.logger;
    this.#buffer = buffer;
    const { topic, partition } = buffer;
    const { group } = subscription;
    this.#delivery = new Delivery(tools, {
      place: { group, topic, partition },
      handle: (events) => subscription.handle(events),
      slots,
      stop: this.#stop.signal,
      putAside: (event, error) => deadLetters.add(group, event, error),
    });
    this.#run = this.#work();
  }

  /** Finishes the attempt in hand, commits what was handled and lets the partition go. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#run;
    await this.#committing;
  }

  get #stopping(): boolean {
    return this.#stop.signal.aborted;
  }

  async #work(): Promise<void> {
    for (;;) {
      const batch = await this.#buffer.take(this.#options.subscription.maxBatch, this.#stop.signal);
      if (batch === undefined) return;
      if (batch.events.length > 0) {
        await this.#delivery.takeSlot();
        if (this.#stopping) return this.#delivery.giveSlot();
        await this.#handle(batch.events);
        this.#delivery.giveSlot();
        if (this.#stopping) return;
      }
      this.#commit(batch.next);
    }
  }

  async #handle(events: readonly IncomingEvent[]): Promise<void> {
    if (this.#buffer.topic === RETRY_TOPIC.name) return this.#retry(events);
    await this.#delivery.deliver(events, (last) => {
      if (last !== events.at(-1) || this.#stopping) this.#commit(placeAfter(last));
    });
  }

  /** Dead letters that come back. Those of other groups pass by. */
  async #retry(events: readonly IncomingEvent[]): Promise<void> {
    const { deadLetters, subscription } = this.#options;
    for (const event of events) {
      const letter = deadLetters.read(event.body);
      if (letter?.group !== subscription.group) continue;
      const outcome = await this.#delivery.redeliver(letter.event);
      if (outcome === 'stopped') return;
      for (let failures = 1; outcome === 'handled'; failures++) {
        try {
          await deadLetters.remove(letter.id);
          break;
        } catch (error) {
          this.#logger.error({ err: error, group: subscription.group }, 'a dead letter was not removed; trying again');
          if (this.#stopping) return;
          await this.#delivery.pause(DEPENDENCY_DOWN, failures);
        }
      }
      this.#commit(placeAfter(event));
    }
  }

  #commit(next: bigint): void {
    const { committer, tools } = this.#options;
    // The next batch does not wait for it: a crash in between repeats both, which handlers bear.
    this.#committing = committer
      .commit(this.#buffer, next, () => this.#stopping)
      .then(() => tools.faults.hit('bus.after-offset'));
  }
}
