import type { IncomingEvent, OutgoingEvent } from '#ports/event-bus/port.ts';

/** As the Kafka binding of CloudEvents has it: the event stands whole in the value, and its attributes beside it for those who only look. */
const CONTENT_TYPE = Buffer.from('application/cloudevents+json; charset=UTF-8');
const ATTRIBUTES = ['specversion', 'type', 'source', 'subject', 'time'] as const;
const ID = 'ce_id';

export interface OutgoingRecord {
  topic: string;
  key: Buffer;
  value: Buffer;
  headers: Map<Buffer, Buffer>;
}

const NAMES = new Map([...ATTRIBUTES, 'id' as const].map((name) => [name, Buffer.from(`ce_${name}`)]));
const CONTENT_TYPE_NAME = Buffer.from('content-type');

export function recordOf(topic: string, event: OutgoingEvent): OutgoingRecord {
  const headers = new Map<Buffer, Buffer>([
    [CONTENT_TYPE_NAME, CONTENT_TYPE],
    [NAMES.get('id')!, Buffer.from(event.id)],
  ]);
  const attributes = attributesOf(event.body);
  for (const name of ATTRIBUTES) {
    const value = attributes[name];
    if (typeof value === 'string') headers.set(NAMES.get(name)!, Buffer.from(value));
  }
  return { topic, key: Buffer.from(event.key), value: Buffer.from(event.body), headers };
}

/** What is read of a record, as the library gives it. */
export interface ReadRecord {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly (readonly [Buffer | null, Buffer | null])[];
}

/** What stands at `at`. Records that others wrote have no id of ours: their place serves. */
export function eventOf(topic: string, partition: number, at: bigint, record: ReadRecord): IncomingEvent {
  return {
    topic,
    partition,
    // Kafka counts from 0; offsets serve as versions, and a version is at least 1.
    offset: Number(at) + 1,
    id: idOf(record) ?? `${topic}-${partition}-${at}`,
    key: record.key?.toString() ?? '',
    body: record.value?.toString() ?? '',
  };
}

function idOf(record: ReadRecord): string | undefined {
  for (const [name, value] of record.headers) if (name?.toString() === ID) return value?.toString();
  return undefined;
}

function attributesOf(body: string): Readonly<Record<string, unknown>> {
  if (!body.startsWith('{')) return {};
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}

/** Where a group goes on after an event. */
export function placeAfter({ offset }: IncomingEvent): bigint {
  return BigInt(offset);
}
