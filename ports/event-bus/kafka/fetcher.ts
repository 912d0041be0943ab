import { type ConnectionPool, fetchV17 } from '@platformatic/kafka';
import type { Clock } from '#platform/clock/clock.ts';
import type { Random } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { backoffMs } from '#ports/event-bus/backoff.ts';
import type { PartitionBuffer } from './buffer.ts';
import type { KafkaClient, Topic } from './client.ts';
import { answered } from './errors.ts';
import { placeKey } from './partitions.ts';
import { edges } from './positions.ts';
import { type FetchedPartition, readRecords } from './read-records.ts';

/** Bounds of one answer: of each partition, and of all of them. A larger event comes all the same, alone. */
const PARTITION_BYTES = 256 * 1024;
const FETCH_BYTES = 2 * 1024 * 1024;
/** How long a broker waits for something to come. While a partition is paused it is asked more often, so that it goes on soon after. */
const WAIT_MS = 500;
const WAIT_WHILE_PAUSED_MS = 25;
const READ_COMMITTED = 1;
const NO_SESSION = { id: 0, epoch: -1 };
const AWAY = { firstMs: 100, maxMs: 2_000 };

type Fetched = Awaited<ReturnType<typeof fetchV17.api.async>>;

/** Fetches the partitions of one member: one request at a time from each broker that leads some, on connections of its own. */
export class Fetcher {
  readonly #client: KafkaClient;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #logger: Logger;
  readonly #group: string;
  readonly #pool: ConnectionPool;
  readonly #buffers = new Map<string, PartitionBuffer>();
  readonly #stop = new AbortController();
  readonly #fetching = new Map<number, Promise<void>>();
  #topics = new Map<string, Topic>();
  #stale = true;
  #learning: Promise<void> | undefined;
  #failures = 0;

  constructor(tools: { client: KafkaClient; clock: Clock; random: Random; logger: Logger }, group: string) {
    this.#client = tools.client;
    this.#clock = tools.clock;
    this.#random = tools.random;
    this.#logger = tools.logger;
    this.#group = group;
    this.#pool = tools.client.pool();
  }

  add(buffer: PartitionBuffer): void {
    this.#buffers.set(placeKey(buffer), buffer);
    this.pump();
  }

  remove(buffer: PartitionBuffer): void {
    if (this.#buffers.get(placeKey(buffer)) === buffer) this.#buffers.delete(placeKey(buffer));
  }

  get paused(): number {
    let count = 0;
    for (const buffer of this.#buffers.values()) if (buffer.paused) count++;
    return count;
  }

  /** Asks every broker that is not being asked and has something to give. */
  readonly pump = (): void => {
    if (this.#stop.signal.aborted || this.#learning !== undefined) return;
    const byLeader = new Map<number, PartitionBuffer[]>();
    for (const buffer of this.#buffers.values()) {
      const leader = this.#leaderOf(buffer);
      if (leader === undefined || this.#stale) {
        this.#learn();
        return;
      }
      if (buffer.paused) continue;
      const list = byLeader.get(leader);
      if (list === undefined) byLeader.set(leader, [buffer]);
      else list.push(buffer);
    }
    for (const [leader, buffers] of byLeader) {
      if (this.#fetching.has(leader)) continue;
      const fetching = this.#fetch(leader, buffers).then(() => {
        this.#fetching.delete(leader);
        this.pump();
      });
      this.#fetching.set(leader, fetching);
    }
  };

  async close(): Promise<void> {
    this.#stop.abort();
    this.#buffers.clear();
    await this.#pool.close();
    await Promise.all([...this.#fetching.values(), this.#learning]);
  }

  #leaderOf({ topic, partition }: PartitionBuffer): number | undefined {
    const leader = this.#topics.get(topic)?.partitions[partition]?.leader;
    return leader === undefined || leader < 0 ? undefined : leader;
  }

  /** Who leads which partition. Whoever led none before is asked after that. */
  #learn(): void {
    this.#learning = (async () => {
      try {
        const topics = [...new Set([...this.#buffers.values()].map(({ topic }) => topic))];
        this.#topics = await this.#client.topics(topics, true);
        this.#stale = false;
        if ([...this.#buffers.values()].some((buffer) => this.#leaderOf(buffer) === undefined)) await this.#pause();
      } catch (error) {
        if (!this.#stop.signal.aborted) {
          this.#logger.warn({ err: error, group: this.#group }, 'the brokers cannot be reached; trying again');
        }
        await this.#pause();
      }
    })().then(() => {
      this.#learning = undefined;
      this.pump();
    });
  }

  async #fetch(leader: number, buffers: readonly PartitionBuffer[]): Promise<void> {
    try {
      this.#fill(await this.#ask(leader, buffers));
      this.#failures = 0;
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      const response = (error as { response?: Fetched }).response;
      const moved = answered(error, 'NOT_LEADER_OR_FOLLOWER', 'FENCED_LEADER_EPOCH', 'UNKNOWN_LEADER_EPOCH');
      if (!moved)
        this.#logger.warn(
          { err: error, group: this.#group, broker: leader },
          'events could not be fetched; trying again',
        );
      try {
        if (response !== undefined) this.#fill(response);
        if (answered(error, 'OFFSET_OUT_OF_RANGE')) await this.#goWhereTheLogIs(response);
      } catch (again) {
        this.#logger.warn({ err: again, group: this.#group }, 'events could not be fetched; trying again');
      }
      await this.#pause();
      this.#stale = true;
    }
  }

  #ask(leader: number, buffers: readonly PartitionBuffer[]): Promise<Fetched> {
    const topics = new Map<string, Parameters<typeof fetchV17.createRequest>[6][number]['partitions']>();
    for (const { topic, partition, fetchOffset } of buffers) {
      const { id } = this.#topics.get(topic)!;
      const list = topics.get(id) ?? [];
      topics.set(id, list);
      list.push({
        partition,
        currentLeaderEpoch: -1,
        fetchOffset,
        lastFetchedEpoch: -1,
        partitionMaxBytes: PARTITION_BYTES,
      });
    }
    return this.#client.askThrough(
      this.#pool,
      leader,
      fetchV17.api,
      this.paused > 0 ? WAIT_WHILE_PAUSED_MS : WAIT_MS,
      1,
      FETCH_BYTES,
      READ_COMMITTED,
      NO_SESSION.id,
      NO_SESSION.epoch,
      [...topics].map(([topicId, partitions]) => ({ topicId, partitions })),
      [],
      '',
    );
  }

  #fill(response: Fetched): void {
    for (const [buffer, fetched] of this.#answeredOf(response)) {
      if (fetched.errorCode !== 0) continue;
      const { events, next } = readRecords(buffer.topic, fetched, buffer.fetchOffset);
      buffer.add(events, next);
    }
  }

  *#answeredOf(response: Fetched): Generator<[PartitionBuffer, FetchedPartition]> {
    const names = new Map([...this.#topics].map(([name, { id }]) => [id, name]));
    for (const { topicId, partitions } of response.responses) {
      const topic = names.get(topicId);
      if (topic === undefined) continue;
      for (const fetched of partitions) {
        const buffer = this.#buffers.get(placeKey({ topic, partition: fetched.partitionIndex }));
        if (buffer !== undefined) yield [buffer, fetched];
      }
    }
  }

  /** What a group still needed is gone (it was away for longer than events are kept), or the log was replaced by a shorter one. */
  async #goWhereTheLogIs(response: Fetched | undefined): Promise<void> {
    if (response === undefined) return;
    const lost = [...this.#answeredOf(response)]
      .filter(([, { errorCode }]) => errorCode === 1)
      .map(([buffer]) => buffer);
    const first = await edges(this.#client, lost, 'earliest');
    const end = await edges(this.#client, lost, 'latest');
    for (const buffer of lost) {
      const { topic, partition, fetchOffset } = buffer;
      const from = first.get(placeKey(buffer))!;
      const to = end.get(placeKey(buffer))!;
      if (fetchOffset >= from && fetchOffset <= to) continue;
      this.#logger.error(
        { group: this.#group, topic, partition, expected: Number(fetchOffset), first: Number(from), end: Number(to) },
        'a consumer was away for longer than events are kept',
      );
      buffer.jump(fetchOffset < from ? from : to);
    }
  }

  #pause(): Promise<void> {
    this.#failures++;
    return this.#clock.wait(backoffMs(AWAY, this.#failures, this.#random), this.#stop.signal);
  }
}
