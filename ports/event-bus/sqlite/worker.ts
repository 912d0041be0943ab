import type { Clock } from '#platform/clock/clock.ts';
import type { Faults } from '#platform/faults/faults.ts';
import type { Random } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { type BackoffBounds, backoffMs, DEPENDENCY_DOWN, RETRY } from '#ports/event-bus/backoff.ts';
import { dependencyIsDown } from '#ports/event-bus/failure.ts';
import { type DeadLetter, type IncomingEvent, MAX_ATTEMPTS, type Subscription } from '#ports/event-bus/port.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { EventLog, LogPartition } from './log.ts';
import type { Offsets } from './offsets.ts';
import type { Slots } from './slots.ts';

/** How often a whole batch is tried before its events are tried alone. */
const BATCH_ATTEMPTS = 2;

/** What every worker of a bus shares. */
export interface WorkerTools {
  readonly log: EventLog;
  readonly deadLetters: DeadLetters;
  readonly clock: Clock;
  readonly random: Random;
  readonly faults: Faults;
  readonly logger: Logger;
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
  readonly #slots: Slots;
  readonly #stop = new AbortController();
  readonly #wake = () => this.wake();
  #position: number;
  #replays: DeadLetter[];
  #run: Promise<void> | undefined;
  #holdsSlot = false;
  #committing: Promise<void> = Promise.resolve();

  constructor(tools: WorkerTools, partition: LogPartition, subscription: Subscription, offsets: Offsets, slots: Slots) {
    this.#tools = tools;
    this.#partition = partition;
    this.#subscription = subscription;
    this.#offsets = offsets;
    this.#slots = slots;
    const { topic, partition: number } = partition;
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
    await this.#takeSlot();
    try {
      while (!this.#stopping && this.#hasWork()) {
        if (this.#replays.length > 0) await this.#replayFirst();
        else await this.#nextBatch();
      }
    } catch (error) {
      this.#tools.logger.error({ err: error, ...this.#where() }, 'a consumer stumbled outside of its handler');
      await this.#pause(DEPENDENCY_DOWN, 1);
    } finally {
      this.#giveSlot();
    }
  }

  async #takeSlot(): Promise<void> {
    this.#holdsSlot = await this.#slots.take(this.#stop.signal);
  }

  #giveSlot(): void {
    if (!this.#holdsSlot) return;
    this.#holdsSlot = false;
    this.#slots.give();
  }

  async #nextBatch(): Promise<void> {
    const { end } = this.#partition;
    const events = this.#tools.log.read(this.#partition, this.#position, this.#subscription.maxBatch);
    if (events.length === 0) {
      // Only gaps are left of what was published.
      this.#commit(end);
      return;
    }
    await this.#deliver(events);
    // Other partitions of this member have waited for the slot.
    this.#giveSlot();
    await this.#takeSlot();
  }

  async #deliver(events: readonly IncomingEvent[]): Promise<void> {
    const last = events.at(-1)!;
    const error = await this.#attempt(events, events.length === 1 ? MAX_ATTEMPTS : BATCH_ATTEMPTS);
    if (error === undefined) return this.#commit(last.offset + 1);
    if (this.#stopping) return;
    if (events.length === 1) {
      if (await this.#putAside(last, error)) this.#commit(last.offset + 1);
      return;
    }
    for (const event of events) {
      if (this.#stopping) return;
      await this.#deliver([event]);
    }
  }

  /** Undefined when the events were handled, else the last error: after `attempts`, or because the worker stops. */
  async #attempt(events: readonly IncomingEvent[], attempts: number): Promise<{ cause: unknown } | undefined> {
    let failures = 0;
    let absences = 0;
    for (;;) {
      try {
        this.#tools.faults.hit('bus.before-handle');
        await this.#subscription.handle(events);
        this.#tools.faults.hit('bus.after-handle');
        return undefined;
      } catch (cause) {
        const down = dependencyIsDown(cause);
        if (down) absences++;
        else failures++;
        this.#tools.logger.warn(
          { err: cause, ...this.#where(), offset: events[0]!.offset, events: events.length, failures, absences },
          down ? 'a consumer waits for what it needs' : 'a consumer failed',
        );
        if (this.#stopping || failures >= attempts) return { cause };
        if (down) await this.#pause(DEPENDENCY_DOWN, absences);
        else await this.#pause(RETRY, failures);
        if (this.#stopping) return { cause };
      }
    }
  }

  /** False when the worker stopped before the letter was durable; then the event comes again. */
  async #putAside(event: IncomingEvent, error: { cause: unknown }): Promise<boolean> {
    for (let failures = 1; ; failures++) {
      try {
        await this.#tools.deadLetters.add(this.#subscription.group, event, error.cause);
        this.#tools.logger.error(
          { err: error.cause, ...this.#where(), offset: event.offset },
          'an event was put aside',
        );
        return true;
      } catch (cause) {
        this.#tools.logger.error({ err: cause, ...this.#where() }, 'a dead letter was not written; trying again');
        if (this.#stopping) return false;
        await this.#pause(DEPENDENCY_DOWN, failures);
        if (this.#stopping) return false;
      }
    }
  }

  async #replayFirst(): Promise<void> {
    const letter = this.#replays[0]!;
    const error = await this.#attempt([letter.event], MAX_ATTEMPTS);
    if (error === undefined) await this.#tools.deadLetters.remove(letter);
    else if (this.#stopping || !(await this.#putAside(letter.event, error))) return;
    this.#replays.shift();
  }

  #commit(next: number): void {
    this.#position = next;
    const { topic, partition } = this.#partition;
    // The next batch does not wait for it: a crash in between repeats both, which handlers bear.
    this.#committing = this.#offsets.commit({ group: this.#subscription.group, topic, partition, next }).then(
      () => {
        this.#tools.faults.hit('bus.after-offset');
        this.#tools.changed();
      },
      (error) => this.#tools.logger.error({ err: error, ...this.#where() }, 'an offset was not written'),
    );
  }

  /** Waits without holding a slot, so that other partitions go on. */
  async #pause(bounds: BackoffBounds, failures: number): Promise<void> {
    this.#giveSlot();
    await this.#tools.clock.wait(backoffMs(bounds, failures, this.#tools.random), this.#stop.signal);
    await this.#takeSlot();
  }

  #warnOfWhatIsGone(): void {
    if (this.#position >= this.#partition.end) return;
    const first = this.#tools.log.first(this.#partition);
    if (this.#position > 1 && first > this.#position) {
      this.#tools.logger.error(
        { ...this.#where(), expected: this.#position, first },
        'a consumer was away for longer than events are kept',
      );
    }
  }

  #where(): { group: string; topic: string; partition: number } {
    return {
      group: this.#subscription.group,
      topic: this.#partition.topic,
      partition: this.#partition.partition,
    };
  }
}
