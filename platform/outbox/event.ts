import type { Static, TSchema } from 'typebox';
import type { Envelope, EventType } from '#contracts/events/define.ts';
import { checkPublish } from '#ports/event-bus/checks.ts';
import type { OutgoingEvent } from '#ports/event-bus/port.ts';

/** What happened: a CloudEvent 1.0 with data of a declared type. */
export type DomainEvent<D = unknown> = Omit<Envelope, 'data'> & { readonly data: D };

/** An event on its way to the bus: what a relay needs without parsing the body again. */
export interface PendingEvent extends OutgoingEvent {
  readonly topic: string;
  /** Of the aggregate. Events of one key leave an outbox in its order. */
  readonly version: number;
}

export interface EventFields<D> {
  /** From the id generator: unique, and its time tells the outbox where to look. */
  readonly id: string;
  /** The service that tells it. */
  readonly source: string;
  /** The aggregate: its events keep their order. */
  readonly subject: string;
  /** Of the aggregate after this change. */
  readonly version: number;
  readonly timeMs: number;
  readonly data: D;
  readonly traceparent?: string | undefined;
}

/** Makes an event of a declared type. Light and pure, so that scripts in the writer thread can use it. */
export function newEvent<D extends TSchema>(type: EventType<D>, fields: EventFields<Static<D>>): PendingEvent {
  const event: DomainEvent<Static<D>> = {
    specversion: '1.0',
    id: fields.id,
    source: fields.source,
    type: type.type,
    subject: fields.subject,
    time: new Date(fields.timeMs).toISOString(),
    datacontenttype: 'application/json',
    aggregateversion: fields.version,
    ...(fields.traceparent === undefined ? {} : { traceparent: fields.traceparent }),
    data: fields.data,
  };
  const outgoing = toOutgoing(event);
  // Here, where the request can still fail: an event that the bus refuses would stand in its outbox for ever, before all others.
  checkPublish(type.topic, [outgoing]);
  return { ...outgoing, topic: type.topic, version: fields.version };
}

export function toOutgoing(event: DomainEvent): OutgoingEvent {
  return { id: event.id, key: event.subject, body: JSON.stringify(event) };
}
