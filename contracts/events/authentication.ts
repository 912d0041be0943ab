import Type from 'typebox';
import { eventType, Id } from './define.ts';

export const SESSION_TOPIC = 'session';

/** Keyed by the session. */
export const sessionEvents = {
  SessionStarted: eventType(SESSION_TOPIC, 'plaza.session.started', Type.Object({ sessionId: Id, accountId: Id })),
  SessionEnded: eventType(SESSION_TOPIC, 'plaza.session.ended', Type.Object({ sessionId: Id, accountId: Id })),
} as const;
