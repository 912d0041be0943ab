import { DEFAULT_CONCURRENCY, type DeadLetter, type Subscription } from '#ports/event-bus/port.ts';
import { Slots } from '#ports/event-bus/slots.ts';
import type { LogPartition } from './log.ts';
import type { Offsets } from './offsets.ts';
import { PartitionWorker, type WorkerTools } from './worker.ts';

interface Member {
  readonly subscription: Subscription;
  readonly slots: Slots;
}

/** Who has one partition, and who should have it. */
interface Seat {
  readonly partition: LogPartition;
  readonly offsets: Offsets;
  wanted: Member | undefined;
  holder: { member: Member; worker: PartitionWorker } | undefined;
  /** The move under way, if any. */
  moving: Promise<void> | undefined;
}

/**
 * Shares the partitions of a group's topics among its members. A partition moves only after its holder has finished the batch in hand
 * and committed, so two members never have the same partition.
 */
export class Group {
  readonly #tools: WorkerTools;
  readonly #members: Member[] = [];
  readonly #seats = new Map<string, Seat[]>();

  constructor(tools: WorkerTools) {
    this.#tools = tools;
  }

  /** Two tiers for one partition's offsets would contradict each other. */
  refuseOtherTier(subscription: Subscription, offsets: Offsets): void {
    for (const topic of subscription.topics) {
      if (this.#seats.get(topic)?.some((seat) => seat.offsets !== offsets)) {
        throw new Error(`All members of group ${subscription.group} keep their offsets of ${topic} in the same tier.`);
      }
    }
  }

  /** Gives the function that leaves the group again. */
  join(subscription: Subscription, offsets: Offsets): () => Promise<void> {
    for (const topic of subscription.topics) this.#makeSeats(topic, offsets);
    const member = { subscription, slots: new Slots(subscription.concurrency ?? DEFAULT_CONCURRENCY) };
    this.#members.push(member);
    this.#share(subscription.topics);
    return async () => {
      const index = this.#members.indexOf(member);
      if (index >= 0) this.#members.splice(index, 1);
      const held = subscription.topics.flatMap((topic) =>
        this.#seats.get(topic)!.filter((seat) => seat.holder?.member === member),
      );
      this.#share(subscription.topics);
      await Promise.all(held.map((seat) => seat.moving));
    };
  }

  /** Whether all partitions that have a holder here are handled to their ends. */
  get idle(): boolean {
    for (const seats of this.#seats.values()) {
      for (const seat of seats) {
        if (seat.moving !== undefined || (seat.holder !== undefined && !seat.holder.worker.idle)) return false;
      }
    }
    return true;
  }

  replay(letter: DeadLetter): void {
    this.#seats.get(letter.event.topic)?.[letter.event.partition]?.holder?.worker.replay(letter);
  }

  #makeSeats(topic: string, offsets: Offsets): void {
    if (this.#seats.has(topic)) return;
    const seats = this.#tools.log
      .partitions(topic)
      .map((partition) => ({ partition, offsets, wanted: undefined, holder: undefined, moving: undefined }));
    this.#seats.set(topic, seats);
  }

  #share(topics: readonly string[]): void {
    for (const topic of topics) {
      const members = this.#members.filter((member) => member.subscription.topics.includes(topic));
      for (const [index, seat] of this.#seats.get(topic)!.entries()) {
        seat.wanted = members[index % members.length];
        this.#settle(seat);
      }
    }
  }

  #settle(seat: Seat): void {
    if (seat.moving !== undefined || seat.holder?.member === seat.wanted) return;
    if (seat.holder === undefined) this.#seat(seat);
    else seat.moving = this.#move(seat, seat.holder.worker);
  }

  async #move(seat: Seat, worker: PartitionWorker): Promise<void> {
    await worker.stop();
    seat.holder = undefined;
    seat.moving = undefined;
    this.#settle(seat);
    this.#tools.changed();
  }

  #seat(seat: Seat): void {
    const member = seat.wanted;
    if (member === undefined) return;
    const worker = new PartitionWorker(this.#tools, seat.partition, member.subscription, seat.offsets, member.slots);
    seat.holder = { member, worker };
  }
}
