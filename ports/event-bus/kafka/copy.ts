import type { Clock } from '#platform/clock/clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import type { IncomingEvent } from '#ports/event-bus/port.ts';
import { kafkaAddress, type TlsFiles } from './address.ts';
import { KafkaClient } from './client.ts';
import { groupsOf } from './lag.ts';
import { readOrigin, writeOrigin } from './origin.ts';
import { type Place, placeKey } from './partitions.ts';
import { commit, committed, edges, type Positions, placesOf } from './positions.ts';
import { KafkaProducer } from './producer.ts';
import { readPlace } from './read-place.ts';
import { recordOf } from './records.ts';
import { createTopics, DEAD_LETTER_TOPIC, OWN_TOPICS, RETRY_TOPIC, type TopicSettings } from './topics.ts';

/** A part of one partition. */
export interface Stretch extends Place {
  readonly from: bigint;
  readonly to: bigint;
}

/** Where groups stand: what all of them have handled need not be kept. */
export interface Standing {
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly from: Positions;
}

/** Reads from a log what not every group has handled, and fills an empty one with it. */
export class KafkaCopy {
  readonly #client: KafkaClient;
  readonly #producer: KafkaProducer;
  readonly #replication: number;
  readonly #topics: readonly TopicSettings[];

  constructor(
    options: { readonly url: string; readonly tls?: TlsFiles | undefined; readonly clock: Clock },
    topics: readonly TopicSettings[],
  ) {
    const address = kafkaAddress(options.url, options.tls ?? {});
    this.#client = new KafkaClient(address, options.clock);
    this.#producer = new KafkaProducer(address);
    this.#replication = address.replication;
    this.#topics = topics;
  }

  /** Dead letters are kept whole: nobody has handled them. A partition that some group has committed nothing for is kept whole, too. */
  async standing(): Promise<Standing> {
    const places = await placesOf(this.#client, this.#copied());
    const from = new Map(await edges(this.#client, places, 'earliest'));
    const positions = await committed(this.#client, await groupsOf(this.#client));
    const ours = [...positions].filter(([, ofGroup]) => places.some((place) => ofGroup.has(placeKey(place))));
    for (const place of places) {
      if (place.topic === DEAD_LETTER_TOPIC.name) continue;
      const key = placeKey(place);
      const readers = ours.filter(([, ofGroup]) => reads(ofGroup, place.topic));
      const stand = readers.map(([, ofGroup]) => ofGroup.get(key) ?? 0n);
      if (stand.length === 0) continue;
      const least = stand.reduce((a, b) => (a < b ? a : b));
      if (least > from.get(key)!) from.set(key, least);
    }
    const topics = this.#copied();
    const groups = ours.map(([group, ofGroup]) => [group, topics.filter((topic) => reads(ofGroup, topic))] as const);
    return { groups: Object.fromEntries(groups), from };
  }

  /** From where groups stood up to what is published by now. */
  async stretches({ from }: Standing): Promise<Stretch[]> {
    const places = await placesOf(this.#client, this.#copied());
    const ends = await edges(this.#client, places, 'latest');
    return places.map((place) => ({
      ...place,
      from: from.get(placeKey(place)) ?? 0n,
      to: ends.get(placeKey(place)) ?? 0n,
    }));
  }

  /** An offset above all that consumers of this log have seen of these stretches. */
  async above(stretches: readonly Stretch[]): Promise<number> {
    const last = stretches.reduce((most, { to }) => (to > most ? to : most), 0n);
    return (await readOrigin(this.#client)) + Number(last) + 1;
  }

  read(stretch: Stretch): AsyncGenerator<IncomingEvent[]> {
    return readPlace(this.#client, stretch, stretch);
  }

  /** A topic that holds events. */
  async found(): Promise<string | undefined> {
    const places = await placesOf(this.#client, await this.#client.existing(this.#copied()));
    const ends = await edges(this.#client, places, 'latest');
    return places.find((place) => (ends.get(placeKey(place)) ?? 0n) > 0n)?.topic;
  }

  /** Creates what is missing, and lets offsets begin above `first`. Before the first event. */
  async begin(first: number): Promise<void> {
    await createTopics(this.#client, [...this.#topics, ...OWN_TOPICS], this.#replication);
    await writeOrigin(this.#producer, first);
  }

  /** In the order given, at the end of the topic. */
  async add(topic: string, events: readonly { id: string; key: string; body: string }[]): Promise<void> {
    await this.#producer.sendRecords(
      topic,
      events.map((event) => recordOf(topic, event)),
    );
  }

  /** Lets groups begin at the beginning, those too that would begin at the end. */
  async place(groups: Standing['groups']): Promise<void> {
    for (const [group, topics] of Object.entries(groups)) {
      const places = await placesOf(this.#client, topics);
      await commit(
        this.#client,
        group,
        places.map((place) => ({ ...place, next: 0n })),
      ).catch((cause) => {
        throw new PlazaError('conflict', `Group ${group} is at work: stop all services before a restore.`, { cause });
      });
    }
  }

  async close(): Promise<void> {
    await this.#producer.close();
    await this.#client.close();
  }

  #copied(): string[] {
    return [...this.#topics, DEAD_LETTER_TOPIC, RETRY_TOPIC].map(({ name }) => name);
  }
}

function reads(positions: Positions, topic: string): boolean {
  return [...positions.keys()].some((key) => key.slice(0, key.lastIndexOf('/')) === topic);
}
