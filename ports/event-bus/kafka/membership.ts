import { consumerGroupHeartbeatV1 } from '@platformatic/kafka';
import type { Clock } from '#platform/clock/clock.ts';
import type { Random } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { backoffMs } from '#ports/event-bus/backoff.ts';
import type { KafkaClient } from './client.ts';
import { answered } from './errors.ts';
import { type Place, placeKey } from './partitions.ts';

/** How long a partition that moves may be kept for the batch in hand. */
const REBALANCE_TIMEOUT_MS = 300_000;
const JOINING = 0;
const LEAVING = -1;
const AWAY = { firstMs: 100, maxMs: 2_000 };

export interface MembershipOptions {
  readonly client: KafkaClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly group: string;
  readonly topics: readonly string[];
  /** A partition is this member's now. */
  taken(place: Place): void;
  /** A partition goes to another member as soon as this resolves. */
  handBack(place: Place): Promise<void>;
}

/**
 * One member of a consumer group, by the protocol in which the brokers share out the partitions (KIP-848). A partition that is to move is
 * kept until its batch is handled and committed, while all others go on; the client's own consumer gives it up at once.
 */
export class Membership {
  readonly id: string;
  readonly #options: MembershipOptions;
  readonly #owned = new Map<string, Place>();
  readonly #leavingHands = new Map<string, Promise<void>>();
  readonly #stop = new AbortController();
  #epoch = JOINING;
  #leaving = false;
  #early = new AbortController();
  #run: Promise<void> = Promise.resolve();

  constructor(options: MembershipOptions) {
    this.#options = options;
    this.id = memberId(options.random);
  }

  get epoch(): number {
    return this.#epoch;
  }

  start(): void {
    this.#run = this.#live();
  }

  /** Reports at once instead of at the next beat: after a change, or when the brokers know another epoch. */
  hurry(): void {
    this.#early.abort();
  }

  /** Hands everything back and leaves the group. Does not fail when the brokers are away: they notice its silence. */
  async leave(): Promise<void> {
    this.#leaving = true;
    for (const place of this.#owned.values()) this.#handBack(place);
    await Promise.all(this.#leavingHands.values());
    this.#stop.abort();
    this.hurry();
    await this.#run;
    if (this.#epoch !== JOINING) await this.#beat(LEAVING).catch(() => {});
  }

  async #live(): Promise<void> {
    const { clock, logger, random, group } = this.#options;
    let failures = 0;
    while (!this.#stop.signal.aborted) {
      let pauseMs: number;
      try {
        pauseMs = await this.#report();
        failures = 0;
      } catch (error) {
        failures++;
        if (answered(error, 'UNKNOWN_MEMBER_ID', 'FENCED_MEMBER_EPOCH')) await this.#lost();
        else logger.warn({ err: error, group, failures }, 'a consumer group cannot be reached; trying again');
        pauseMs = backoffMs(AWAY, failures, random);
      }
      await clock.wait(pauseMs, AbortSignal.any([this.#early.signal, this.#stop.signal]));
      this.#early = new AbortController();
    }
  }

  /** Gives the milliseconds to the next report. */
  async #report(): Promise<number> {
    const { client, topics, taken } = this.#options;
    const answer = await this.#beat(this.#epoch);
    this.#epoch = answer.memberEpoch;
    if (answer.assignment === null) return answer.heartbeatIntervalMs;
    const names = new Map([...(await client.topics(topics))].map(([name, { id }]) => [id, name]));
    const wanted = new Map<string, Place>();
    for (const { topicId, partitions } of answer.assignment.topicPartitions) {
      const topic = names.get(topicId);
      if (topic === undefined) throw new Error(`Topic ${topicId} is assigned, and unknown here.`);
      for (const partition of partitions) wanted.set(placeKey({ topic, partition }), { topic, partition });
    }
    for (const [key, place] of this.#owned) if (!wanted.has(key)) this.#handBack(place);
    for (const [key, place] of wanted) {
      if (this.#leaving || this.#owned.has(key)) continue;
      this.#owned.set(key, place);
      taken(place);
      this.hurry();
    }
    return answer.heartbeatIntervalMs;
  }

  #beat(epoch: number) {
    const { client, group, topics } = this.#options;
    const owned = [...this.#owned.values()];
    return this.#topicIds(owned).then((held) =>
      client.askCoordinator(
        group,
        consumerGroupHeartbeatV1.api,
        group,
        this.id,
        epoch,
        null,
        null,
        REBALANCE_TIMEOUT_MS,
        [...topics],
        null,
        null,
        held,
      ),
    );
  }

  async #topicIds(places: readonly Place[]): Promise<{ topicId: string; partitions: number[] }[]> {
    if (places.length === 0) return [];
    const topics = await this.#options.client.topics(this.#options.topics);
    const held = new Map<string, number[]>();
    for (const { topic, partition } of places) {
      const id = topics.get(topic)?.id;
      if (id === undefined) continue;
      held.set(id, [...(held.get(id) ?? []), partition]);
    }
    return [...held].map(([topicId, partitions]) => ({ topicId, partitions }));
  }

  #handBack(place: Place): void {
    const key = placeKey(place);
    if (this.#leavingHands.has(key)) return;
    const done = this.#options.handBack(place).finally(() => {
      this.#leavingHands.delete(key);
      this.#owned.delete(key);
      this.hurry();
    });
    this.#leavingHands.set(key, done);
  }

  /** The brokers took this member for dead and gave its partitions away. It joins again with empty hands. */
  async #lost(): Promise<void> {
    this.#options.logger.warn(
      { group: this.#options.group },
      'the brokers gave the partitions of this member away; joining again',
    );
    this.#epoch = JOINING;
    for (const place of this.#owned.values()) this.#handBack(place);
    await Promise.all(this.#leavingHands.values());
  }
}

function memberId(random: Random): string {
  const hex = random.bytes(16).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
