import type { Static, TSchema } from 'typebox';
import type { EventType } from '#contracts/events/define.ts';
import { newEvent } from '#platform/outbox/event.ts';
import { relationalOutbox } from '#platform/outbox/relational-outbox.ts';
import type { Query } from '#ports/relational/port.ts';

export const userOutbox = relationalOutbox('user');

/** The statement that keeps an event, in the transaction of the change it tells of. */
export function eventQuery<D extends TSchema>(event: {
  readonly id: string;
  readonly type: EventType<D>;
  readonly subject: string;
  readonly version: number;
  readonly nowMs: number;
  readonly data: Static<D>;
}): Query {
  const { id, type, subject, version, nowMs, data } = event;
  return userOutbox.insert(newEvent(type, { id, source: 'user', subject, version, timeMs: nowMs, data }));
}
