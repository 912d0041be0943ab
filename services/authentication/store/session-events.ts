import { sessionEvents } from '#contracts/events/authentication.ts';
import { newEvent } from '#platform/outbox/event.ts';
import { relationalOutbox } from '#platform/outbox/relational-outbox.ts';
import type { Query } from '#ports/relational/port.ts';

export const SERVICE = 'authentication';
export const outbox = relationalOutbox(SERVICE);

/** Of people's sessions only: an app that acts for itself is nobody's news. */
interface SessionOfAccount {
  readonly session_id: string;
  readonly account_id: string;
}

export function sessionStarted(session: SessionOfAccount, eventId: string, nowMs: number): Query {
  return outbox.insert(newEvent(sessionEvents.SessionStarted, fields(session, eventId, 1, nowMs)));
}

/** A session starts once and ends once, so its versions are 1 and 2. */
export function sessionEnded(session: SessionOfAccount, eventId: string, nowMs: number): Query {
  return outbox.insert(newEvent(sessionEvents.SessionEnded, fields(session, eventId, 2, nowMs)));
}

function fields(session: SessionOfAccount, id: string, version: number, timeMs: number) {
  const { session_id: sessionId, account_id: accountId } = session;
  return { id, source: SERVICE, subject: sessionId, version, timeMs, data: { sessionId, accountId } };
}
