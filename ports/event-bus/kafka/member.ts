import type { Clock } from '#platform/clock/clock.ts';
import type { Faults } from '#platform/faults/faults.ts';
import type { Random } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { backoffMs, DEPENDENCY_DOWN } from '#ports/event-bus/backoff.ts';
import { DEFAULT_CONCURRENCY, type Subscription } from '#ports/event-bus/port.ts';
import { Slots } from '#ports/event-bus/slots.ts';
import { PartitionBuffer } from './buffer.ts';
import type { KafkaClient } from './client.ts';
import { Committer } from './committer.ts';
import type { DeadLetters } from './dead-letters.ts';
import { Fetcher } from './fetcher.ts';
import { Membership } from './membership.ts';
import { type Place, placeKey } from './partitions.ts';
import { committed, edges, type Positions } from './positions.ts';
import { PartitionWorker } from './worker.ts';

export interface MemberTools {
  readonly client: KafkaClient;
  readonly deadLetters: DeadLetters;
  readonly clock: Clock;
  readonly random: Random;
  readonly faults: Faults;
  readonly logger: Logger;
}

interface Holding {
  readonly stop: AbortController;
  readonly started: Promise<{ worker: PartitionWorker; buffer: PartitionBuffer } | undefined>;
}

/** One subscriber: its place in the group, the partitions that it holds, and what it fetches of them. */
export class Member {
  readonly subscription: Subscription;
  readonly #tools: MemberTools;
  readonly #topics: readonly string[];
  readonly #first: Positions;
  readonly #slots: Slots;
  readonly #fetcher: Fetcher;
  readonly #committer: Committer;
  readonly #membership: Membership;
  readonly #holdings = new Map<string, Holding>();

  /** @param first where partitions begin for a group that has committed nothing there */
  constructor(tools: MemberTools, subscription: Subscription, topics: readonly string[], first: Positions) {
    this.#tools = tools;
    this.subscription = subscription;
    this.#topics = topics;
    this.#first = first;
    this.#slots = new Slots(subscription.concurrency ?? DEFAULT_CONCURRENCY);
    const { group } = subscription;
    this.#fetcher = new Fetcher(tools, group);
    this.#committer = new Committer(tools, group);
    this.#membership = new Membership({
      ...tools,
      group,
      topics: this.#topics,
      taken: (place) => this.#take(place),
      handBack: (place) => this.#handBack(place),
    });
    this.#committer.use(this.#membership);
  }

  /** Partitions whose consumer is behind and that are not fetched for now. */
  get paused(): number {
    return this.#fetcher.paused;
  }

  get topics(): readonly string[] {
    return this.#topics;
  }

  start(): void {
    this.#membership.start();
  }

  async stop(): Promise<void> {
    await this.#membership.leave();
    await this.#fetcher.close();
  }

  #take(place: Place): void {
    const stop = new AbortController();
    this.#holdings.set(placeKey(place), { stop, started: this.#begin(place, stop.signal) });
  }

  async #begin(place: Place, stop: AbortSignal) {
    const from = await this.#startOf(place, stop);
    if (from === undefined || stop.aborted) return undefined;
    const buffer = new PartitionBuffer(place, from, this.#fetcher.pump);
    const { deadLetters } = this.#tools;
    const options = {
      tools: this.#tools,
      subscription: this.subscription,
      slots: this.#slots,
      committer: this.#committer,
      deadLetters,
    };
    const worker = new PartitionWorker(options, buffer);
    this.#fetcher.add(buffer);
    return { worker, buffer };
  }

  /** Where the group stands in a partition, or where it begins. Asks for as long as it takes. */
  async #startOf(place: Place, stop: AbortSignal): Promise<bigint | undefined> {
    const { client, clock, random, logger } = this.#tools;
    const { group, from } = this.subscription;
    const key = placeKey(place);
    for (let failures = 1; !stop.aborted; failures++) {
      try {
        const position = (await committed(client, [group])).get(group)?.get(key) ?? this.#first.get(key);
        return position ?? (await edges(client, [place], from)).get(key)!;
      } catch (error) {
        logger.warn({ err: error, group, ...place, failures }, 'where a group stands cannot be read; trying again');
        await clock.wait(backoffMs(DEPENDENCY_DOWN, failures, random), stop);
      }
    }
    return undefined;
  }

  async #handBack(place: Place): Promise<void> {
    const key = placeKey(place);
    const holding = this.#holdings.get(key);
    if (holding === undefined) return;
    this.#holdings.delete(key);
    holding.stop.abort();
    const started = await holding.started;
    if (started === undefined) return;
    this.#fetcher.remove(started.buffer);
    await started.worker.stop();
  }
}
