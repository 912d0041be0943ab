import { ProduceAcks, Producer } from '@platformatic/kafka';
import { PlazaError } from '#platform/errors/errors.ts';
import type { OutgoingEvent } from '#ports/event-bus/port.ts';
import type { KafkaAddress } from './address.ts';
import { connectionOptions } from './client.ts';
import { unavailable } from './errors.ts';
import { type OutgoingRecord, recordOf } from './records.ts';

/** Below what a broker takes in one batch by default, also when all of it falls to one partition. A larger event goes alone. */
const MAX_SEND_BYTES = 900_000;
const MAX_SEND_RECORDS = 5_000;
const RECORD_OVERHEAD_BYTES = 400;
/** A replica that stopped answering leaves the in-sync set after nine seconds; a write waits for that. */
const PRODUCE_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 20_000;
/** Tried with the same sequence numbers, so that a broker which has it already does not write it again. */
const RETRIES = 3;
const RETRY_DELAY_MS = 300;

interface Chunk {
  readonly records: OutgoingRecord[];
  readonly bytes: number;
  readonly publish: Publish;
}

interface Publish {
  left: number;
  failed: boolean;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Writes events: `acks=all`, idempotent, one request of a topic at a time, which is what keeps the order of a key when a request has to be
 * repeated. What comes while one is under way goes together in the next.
 */
export class KafkaProducer {
  readonly #producer: Producer<Buffer, Buffer, Buffer, Buffer>;
  readonly #queues = new Map<string, Chunk[]>();
  readonly #sending = new Map<string, Promise<void>>();
  #closed = false;

  constructor(address: KafkaAddress) {
    this.#producer = new Producer({
      ...connectionOptions(address),
      requestTimeout: REQUEST_TIMEOUT_MS,
      timeout: PRODUCE_TIMEOUT_MS,
      idempotent: true,
      acks: ProduceAcks.ALL,
      retries: RETRIES,
      retryDelay: RETRY_DELAY_MS,
    });
  }

  /**
   * Durable on all replicas that are in sync when it resolves.
   * @throws PlazaError `unavailable`; some of the events may then be written, and all have to be published again
   */
  send(topic: string, events: readonly OutgoingEvent[]): Promise<void> {
    return this.sendRecords(
      topic,
      events.map((event) => recordOf(topic, event)),
    );
  }

  sendRecords(topic: string, records: readonly OutgoingRecord[]): Promise<void> {
    if (records.length === 0) return Promise.resolve();
    if (this.#closed) return Promise.reject(new PlazaError('unavailable', 'The event bus is closed'));
    return new Promise((resolve, reject) => {
      const publish: Publish = { left: 0, failed: false, resolve, reject };
      const queue = this.#queues.get(topic) ?? [];
      this.#queues.set(topic, queue);
      for (const chunk of chunksOf(records, publish)) {
        publish.left++;
        queue.push(chunk);
      }
      this.#run(topic);
    });
  }

  /** Sends what is waiting, then leaves. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#sending.values());
    await this.#producer.close(true);
  }

  #run(topic: string): void {
    if (this.#sending.has(topic)) return;
    const run = this.#drain(topic).finally(() => this.#sending.delete(topic));
    this.#sending.set(topic, run);
  }

  async #drain(topic: string): Promise<void> {
    const queue = this.#queues.get(topic)!;
    while (queue.length > 0) {
      const chunks = takeTogether(queue);
      if (chunks.length === 0) continue;
      try {
        await this.#producer.send({ messages: chunks.flatMap((chunk) => chunk.records), acks: ProduceAcks.ALL });
        for (const { publish } of chunks) if (--publish.left === 0) publish.resolve();
      } catch (error) {
        const failure = unavailable(`Events of topic ${topic} could not be published`, error);
        for (const { publish } of chunks) {
          publish.failed = true;
          publish.reject(failure);
        }
      }
    }
  }
}

/** What fits in one request. The rest of a publish whose beginning failed is left out: it would overtake the beginning. */
function takeTogether(queue: Chunk[]): Chunk[] {
  const taken: Chunk[] = [];
  let bytes = 0;
  let records = 0;
  while (queue.length > 0) {
    const chunk = queue[0]!;
    const fits = bytes + chunk.bytes <= MAX_SEND_BYTES && records + chunk.records.length <= MAX_SEND_RECORDS;
    if (taken.length > 0 && !fits) break;
    queue.shift();
    if (chunk.publish.failed) continue;
    taken.push(chunk);
    bytes += chunk.bytes;
    records += chunk.records.length;
  }
  return taken;
}

function chunksOf(records: readonly OutgoingRecord[], publish: Publish): Chunk[] {
  const chunks: Chunk[] = [];
  let some: OutgoingRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = record.key.length + record.value.length + RECORD_OVERHEAD_BYTES;
    if (some.length > 0 && bytes + size > MAX_SEND_BYTES) {
      chunks.push({ records: some, bytes, publish });
      some = [];
      bytes = 0;
    }
    some.push(record);
    bytes += size;
  }
  chunks.push({ records: some, bytes, publish });
  return chunks;
}
