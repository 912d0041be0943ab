import type { Clock } from '#platform/clock/clock.ts';
import { describeError } from '#ports/event-bus/failure.ts';
import type { DeadLetter, IncomingEvent } from '#ports/event-bus/port.ts';
import type { KafkaClient } from './client.ts';
import type { Origin } from './origin.ts';
import { placeKey } from './partitions.ts';
import { edges } from './positions.ts';
import type { KafkaProducer } from './producer.ts';
import { readPlace } from './read-place.ts';
import { DEAD_LETTER_TOPIC, RETRY_TOPIC } from './topics.ts';

interface Kept extends DeadLetter {
  /** On its way back to its group. */
  readonly replaying: boolean;
  readonly timeMs: number;
}

/** What a consumer needs of them. */
export interface DeadLettersTools {
  readonly client: KafkaClient;
  readonly producer: KafkaProducer;
  readonly clock: Clock;
  readonly origin: Origin;
}

/** Events that a group could not handle: a compacted topic that keeps the last word on each, until it is handled. */
export class DeadLetters {
  readonly #client: KafkaClient;
  readonly #producer: KafkaProducer;
  readonly #clock: Clock;
  readonly #origin: Origin;

  constructor({ client, producer, clock, origin }: DeadLettersTools) {
    this.#client = client;
    this.#producer = producer;
    this.#clock = clock;
    this.#origin = origin;
  }

  /** Keeps one letter for a group and an event, however often it fails. */
  async add(group: string, at: IncomingEvent, error: unknown): Promise<void> {
    const event = { ...at, offset: this.#origin.offsetOf(at) };
    const id = `${group}/${placeKey(event)}/${event.offset}`;
    const letter = { id, group, event, error: describeError(error), replaying: false, timeMs: this.#clock.now() };
    await this.#write(DEAD_LETTER_TOPIC.name, id, letter);
  }

  /** Oldest first. */
  async list(limit: number): Promise<DeadLetter[]> {
    const letters: DeadLetter[] = [];
    for (const { replaying, id, group, event, error } of (await this.#all()).values()) {
      if (!replaying && letters.length < limit) letters.push({ id, group, event, error });
    }
    return letters;
  }

  /** Sends a letter back to its group. False when there is none. */
  async replay(id: string): Promise<boolean> {
    const letter = (await this.#all()).get(id);
    if (letter === undefined) return false;
    // Marked first: the group may be done with it before a mark that comes later.
    await this.#write(DEAD_LETTER_TOPIC.name, id, { ...letter, replaying: true });
    await this.#write(RETRY_TOPIC.name, id, letter);
    return true;
  }

  /** What a record of the retry topic holds, its event under its place in this log; undefined when it is not one of ours. */
  read(body: string): DeadLetter | undefined {
    const letter = readLetter(body);
    if (letter === undefined) return undefined;
    return { ...letter, event: { ...letter.event, offset: letter.event.offset - this.#origin.first } };
  }

  async remove(id: string): Promise<void> {
    await this.#write(DEAD_LETTER_TOPIC.name, id, undefined);
  }

  #write(topic: string, id: string, letter: Kept | undefined): Promise<void> {
    const value = Buffer.from(letter === undefined ? '' : JSON.stringify(letter));
    return this.#producer.sendRecords(topic, [{ topic, key: Buffer.from(id), value, headers: new Map() }]);
  }

  /** The last word on each letter, in the order in which they were put aside first. */
  async #all(): Promise<Map<string, Kept>> {
    const letters = new Map<string, Kept>();
    for await (const { key, body } of this.#records()) {
      const letter = readLetter(body);
      if (letter === undefined) letters.delete(key);
      else letters.set(key, letter);
    }
    return letters;
  }

  async *#records(): AsyncGenerator<IncomingEvent> {
    const place = { topic: DEAD_LETTER_TOPIC.name, partition: 0 };
    const to = (await edges(this.#client, [place], 'latest')).get(placeKey(place))!;
    const from = (await edges(this.#client, [place], 'earliest')).get(placeKey(place))!;
    for await (const events of readPlace(this.#client, place, { from, to })) yield* events;
  }
}

function readLetter(body: string): Kept | undefined {
  if (body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
