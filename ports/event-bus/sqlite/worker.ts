import { backoffMs, DEPENDENCY_DOWN } from '#ports/event-bus/backoff.ts';
import { Delivery, type DeliveryPlace, type DeliveryTools } from '#ports/event-bus/delivery.ts';
import type { DeadLetter, Subscription } from '#ports/event-bus/port.ts';
import type { Slots } from '#ports/event-bus/slots.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { EventLog, LogPartition } from './log.ts';
import type { GroupOffset, Offsets } from './offsets.ts';

/** What every worker of a bus shares. */
export interface WorkerTools extends DeliveryTools {
  readonly log: EventLog;
  readonly deadLetters: DeadLetters;
  /** Told whenever a worker has come to rest or has committed. */
  changed(): void;
}

/**
 * Hands one partition to one member of a group: one batch at a time, in order, each until it is handled or put aside. It runs when it is
 * woken and ends its run when nothing is left.
 */
export class PartitionWorker {
  readonly #tools: WorkerTools;
  readonly #partition: LogPartition;
  readonly #subscription: Subscription;
  readonly #offsets: Offsets;
  readonly #place: DeliveryPlace;
  readonly #delivery: Delivery;
  readonly #stop = new AbortController();
  readonly #wake = () => this.wake();
  #position: number;
  #replays: DeadLetter[];
  #run: Promise<void> | undefined;
  #committing: Promise<void> = Promise.resolve();

  constructor(tools: WorkerTools, partition: LogPartition, subscription: Subscription, offsets: Offsets, slots: Slots) {
    this.#tools = tools;
    this.#partition = partition;
    this.#subscription = subscription;
    this.#offsets = offsets;
    const { topic, partition: number } = partition;
    const { group } = subscription;
    this.#place = { group, topic, partition: number };
    this.#delivery = new Delivery(tools, {
      place: this.#place,
      handle: (events) => subscription.handle(events),
      slots,
      stop: this.#stop.signal,
      putAside: (event, error) => tools.deadLetters.add(group, event, error),
    });
    this.#position = offsets.next(subscription.group, topic, number) ?? partition.end;
    this.#replays = tools.deadLetters.replaysOf(subscription.group, topic, number);
    partition.listeners.add(this.#wake);
    this.#warnOfWhatIsGone();
    this.wake();
  }

  /** Nothing is in hand and all that was published is handled and committed. */
  get idle(): boolean {
    const { topic, partition, end } = this.#partition;
    const committed = this.#offsets.next(this.#subscription.group, topic, partition) ?? 0;
    return this.#run === undefined && this.#replays.length === 0 && this.#position >= end && committed >= end;
  }

  wake(): void {
    if (this.#run !== undefined || this.#stop.signal.aborted || !this.#hasWork()) return;
    this.#run = this.#work().finally(() => {
      this.#run = undefined;
      this.#tools.changed();
      this.wake();
    });
  }

  replay(letter: DeadLetter): void {
    if (!this.#replays.some((known) => known.id === letter.id)) this.#replays.push(letter);
    this.wake();
  }

  /** Finishes the attempt in hand, commits what was handled and lets the partition go. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#partition.listeners.delete(this.#wake);
    await this.#run;
    await this.#committing;
  }

  get #stopping(): boolean {
    return this.#stop.signal.aborted;
  }

  #hasWork(): boolean {
    return this.#replays.length > 0 || this.#position < this.#partition.end;
  }

  async #work(): Promise<void> {
    await this.#delivery.takeSlot();
    try {
      while (!this.#stopping && this.#hasWork()) {
        if (this.#replays.length > 0) await this.#replayFirst();
        else await this.#nextBatch();
      }
    } catch (error) {
      this.#tools.logger.error({ err: error, ...this.#place }, 'a consumer stumbled outside of its handler');
      await this.#delivery.pause(DEPENDENCY_DOWN, 1);
    } finally {
      this.#delivery.giveSlot();
    }
  }

  async #nextBatch(): Promise<void> {
    const { end } = this.#partition;
    const events = this.#tools.log.read(this.#partition, this.#position, this.#subscription.maxBatch);
    if (events.length === 0) {
      // Only gaps are left of what was published.
      this.#commit(end);
      return;
    }
    await this.#delivery.deliver(events, (last) => this.#commit(last.offset + 1));
    // Other partitions of this member have waited for the slot.
    this.#delivery.giveSlot();
    await this.#delivery.takeSlot();
  }

  async #replayFirst(): Promise<void> {
    const letter = this.#replays[0]!;
    const outcome = await this.#delivery.redeliver(letter.event);
    if (outcome === 'stopped') return;
    if (outcome === 'handled') await this.#tools.deadLetters.remove(letter);
    this.#replays.shift();
  }

  #commit(next: number): void {
    this.#position = next;
    const { topic, partition } = this.#partition;
    // The next batch does not wait for it: a crash in between repeats both, which handlers bear.
    this.#committing = this.#writeOffset({ group: this.#subscription.group, topic, partition, next });
  }

  /** Again and again while the file refuses, because no later event may come; until a later offset takes over or the partition is let go. */
  async #writeOffset(offset: GroupOffset): Promise<void> {
    const { clock, random, faults, logger, changed } = this.#tools;
    for (let failures = 1; ; failures++) {
      try {
        await this.#offsets.commit(offset);
        faults.hit('bus.after-offset');
        changed();
        return;
      } catch (error) {
        logger.error({ err: error, ...this.#place }, 'an offset was not written; it is tried again');
      }
      if (!this.#stopping) await clock.wait(backoffMs(DEPENDENCY_DOWN, failures, random), this.#stop.signal);
      if (this.#stopping || this.#position !== offset.next) return;
    }
  }

  #warnOfWhatIsGone(): void {
    if (this.#position >= this.#partition.end) return;
    const first = this.#tools.log.first(this.#partition);
    if (this.#position > 1 && first > this.#position) {
      this.#tools.logger.error(
        { ...this.#place, expected: this.#position, first },
        'a consumer was away for longer than events are kept',
      );
    }
  }
}
