import { PlazaError } from '#platform/errors/errors.ts';
import type { IncomingEvent } from '#ports/event-bus/port.ts';
import type { KafkaClient } from './client.ts';
import { placeKey } from './partitions.ts';
import { edges } from './positions.ts';
import type { KafkaProducer } from './producer.ts';
import { readPlace } from './read-place.ts';
import { ORIGIN_TOPIC } from './topics.ts';

const KEY = 'first-offset';

/**
 * What the offsets of this log begin at. Offsets serve as versions of rows, and new brokers count from 0: rows that came back from a backup would be newer than
 * everything that happens afterwards. So a restored log notes, before its first event, the largest offset that there was, and consumers see offsets above it.
 */
export class Origin {
  #first: number | undefined;

  /** Known once `learn` has resolved. */
  get first(): number {
    if (this.#first === undefined) throw new PlazaError('unavailable', 'Where the log begins is not known yet');
    return this.#first;
  }

  /** The offset of an event as its consumers see it. */
  offsetOf({ offset }: IncomingEvent): number {
    return offset + this.first;
  }

  /** Asks once: it never changes while somebody reads. */
  async learn(client: KafkaClient): Promise<void> {
    this.#first ??= await readOrigin(client);
  }
}

/** A log without the topic fails: taking it for one that begins at 0 would make everything in it older than its rows. */
export async function readOrigin(client: KafkaClient): Promise<number> {
  const topic = ORIGIN_TOPIC.name;
  const place = { topic, partition: 0 };
  const from = (await edges(client, [place], 'earliest')).get(placeKey(place))!;
  const to = (await edges(client, [place], 'latest')).get(placeKey(place))!;
  let first = 0;
  for await (const events of readPlace(client, place, { from, to })) {
    for (const { key, body } of events) if (key === KEY) first = Number(body);
  }
  return first;
}

export function writeOrigin(producer: KafkaProducer, first: number): Promise<void> {
  const topic = ORIGIN_TOPIC.name;
  return producer.sendRecords(topic, [
    { topic, key: Buffer.from(KEY), value: Buffer.from(String(first)), headers: new Map() },
  ]);
}
