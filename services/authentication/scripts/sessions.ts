/** Transactions about sessions. A session that ends is deleted, and its event is written with it. */
import { CREDENTIAL_LIMITS } from '#policies/limits/sign-in.ts';
import { changedBy, type Query, rowOf, rowsOf, script, type WriteOutcome } from '#ports/relational/port.ts';
import { sessionEnded, sessionStarted } from '../store/session-events.ts';
import { db, type SessionsTable } from '../store/tables.ts';

const MODULE = import.meta.url;
type Steps<R> = Generator<Query, R, WriteOutcome>;
type Ending = Pick<SessionsTable, 'session_id' | 'account_id' | 'end_event_id'>;

/** Inserts a session with its event, and ends the ones that are unused for longest where the account, or the app that acts for itself, has too many. */
export function* insertSession(session: SessionsTable, eventId: string): Steps<void> {
  yield db.insertInto('authentication_sessions').values(session);
  const { account_id: accountId, app_id: appId, created_ms: nowMs } = session;
  if (accountId !== null) {
    yield sessionStarted({ session_id: session.session_id, account_id: accountId }, eventId, nowMs);
    const own = othersThan(session).where('account_id', '=', accountId);
    yield* endAll(yield* rowsOf<Ending>(beyond(own, CREDENTIAL_LIMITS.sessionsPerAccount)), nowMs);
    if (appId !== null)
      yield db.updateTable('authentication_apps').set({ used: 1 }).where('app_id', '=', appId).where('used', '=', 0);
  } else if (appId !== null) {
    const own = othersThan(session).where('account_id', 'is', null).where('app_id', '=', appId);
    yield* endAll(yield* rowsOf<Ending>(beyond(own, CREDENTIAL_LIMITS.tokensPerApp)), nowMs);
  }
}

function othersThan({ session_id }: SessionsTable) {
  return db
    .selectFrom('authentication_sessions')
    .select(['session_id', 'account_id', 'end_event_id'])
    .where('session_id', '!=', session_id);
}

/** Those that leave, with a new one, no more than `most`. */
function beyond(own: ReturnType<typeof othersThan>, most: number) {
  return own
    .orderBy('last_used_ms', 'desc')
    .orderBy('session_id', 'desc')
    .offset(most - 1)
    .limit(most);
}

/** Ends the sessions of an account, except one, and started by `untilMs` if given. */
export function* endSessionsOf(
  accountId: string,
  nowMs: number,
  options: { exceptSessionId?: string | null; untilMs?: number } = {},
): Steps<number> {
  let query = db
    .selectFrom('authentication_sessions')
    .select(['session_id', 'account_id', 'end_event_id'])
    .where('account_id', '=', accountId);
  if (options.exceptSessionId) query = query.where('session_id', '!=', options.exceptSessionId);
  if (options.untilMs !== undefined) query = query.where('created_ms', '<=', options.untilMs);
  const sessions = yield* rowsOf<Ending>(query);
  yield* endAll(sessions, nowMs);
  return sessions.length;
}

function* endAll(sessions: readonly Ending[], nowMs: number): Steps<void> {
  for (const session of sessions) {
    yield db.deleteFrom('authentication_sessions').where('session_id', '=', session.session_id);
    const { account_id: accountId } = session;
    if (accountId !== null)
      yield sessionEnded({ session_id: session.session_id, account_id: accountId }, session.end_event_id, nowMs);
  }
}

export const startSession = script(
  MODULE,
  'startSession',
  function* (args: { session: SessionsTable; eventId: string }) {
    if (args.session.account_id !== null) {
      const account = yield* rowOf<{ state: string }>(
        db.selectFrom('authentication_accounts').select('state').where('account_id', '=', args.session.account_id),
      );
      if (account === undefined || account.state === 'suspended' || account.state === 'creating') return false;
    }
    yield* insertSession(args.session, args.eventId);
    return true;
  },
);

/** Ends one session; with `accountId`, only if it is that account's. */
export const endSession = script(
  MODULE,
  'endSession',
  function* (args: { sessionId: string; accountId: string | null; nowMs: number }) {
    let query = db
      .selectFrom('authentication_sessions')
      .select(['session_id', 'account_id', 'end_event_id'])
      .where('session_id', '=', args.sessionId);
    if (args.accountId !== null) query = query.where('account_id', '=', args.accountId);
    const session = yield* rowOf<Ending>(query);
    if (session === undefined) return false;
    yield* endAll([session], args.nowMs);
    return true;
  },
);

export const endSessions = script(
  MODULE,
  'endSessions',
  function* (args: { accountId: string; exceptSessionId: string | null; untilMs?: number; nowMs: number }) {
    yield* forgetCodesOf(args.accountId);
    return yield* endSessionsOf(args.accountId, args.nowMs, args);
  },
);

/** An authorization code would otherwise become a token after the log-out. */
export function* forgetCodesOf(accountId: string): Steps<void> {
  yield db.deleteFrom('authentication_codes').where('account_id', '=', accountId).where('uses', '=', 0);
}

/** Sessions whose time is over, a page at a time; answers whether there may be more. */
export const endExpired = script(MODULE, 'endExpired', function* (args: { nowMs: number; limit: number }) {
  const sessions = yield* rowsOf<Ending>(
    db
      .selectFrom('authentication_sessions')
      .select(['session_id', 'account_id', 'end_event_id'])
      .where('expires_ms', '<=', args.nowMs)
      .orderBy('expires_ms', 'asc')
      .limit(args.limit),
  );
  yield* endAll(sessions, args.nowMs);
  return sessions.length === args.limit;
});

export interface Rotation {
  readonly sessionId: string;
  readonly generation: number;
  readonly digest: string;
  readonly nextDigest: string;
  readonly nowMs: number;
  readonly expiresMs: number;
}

/** Makes the successor current if the presented token still is. */
export const rotateRefresh = script(MODULE, 'rotateRefresh', function* (args: Rotation) {
  return yield* changedBy(
    db
      .updateTable('authentication_sessions')
      .set({
        refresh_digest: args.nextDigest,
        refresh_generation: args.generation + 1,
        refreshed_ms: args.nowMs,
        last_used_ms: args.nowMs,
        expires_ms: args.expiresMs,
      })
      .where('session_id', '=', args.sessionId)
      .where('refresh_generation', '=', args.generation)
      .where('refresh_digest', '=', args.digest),
  );
});

/** After a change of what an account may do: cached principals of its sessions become out of date. */
export function bumpRevisions(accountId: string): Query {
  return db
    .updateTable('authentication_sessions')
    .set((column) => ({ revision: column('revision', '+', 1) }))
    .where('account_id', '=', accountId);
}
