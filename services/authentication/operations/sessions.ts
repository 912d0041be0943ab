import type { AuthenticationService } from '#contracts/services/authentication.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { CREDENTIAL_LIMITS, LIFETIMES } from '#policies/limits/sign-in.ts';
import { callingPerson, notSignedIn } from '../access.ts';
import type { Parts } from '../parts.ts';
import { endSession, endSessions, rotateRefresh } from '../scripts/sessions.ts';
import { digest, sameText } from '../secrets/digest.ts';
import { descendantOf, parseRefreshToken, type RefreshToken, successorOf } from '../secrets/refresh-token.ts';
import { accountStands } from '../standing.ts';
import type { SessionsTable } from '../store/tables.ts';

type RefreshParts = Pick<
  Parts,
  'sessionStore' | 'accounts' | 'user' | 'sessions' | 'relational' | 'sealer' | 'clock' | 'wakeRelay'
>;

/** Whoever holds the current refresh token of a session. */
export function refreshSession(parts: RefreshParts): AuthenticationService['refreshSession'] {
  const { sessionStore, accounts, sessions, relational, sealer, clock } = parts;
  return async ({ refreshToken }) => {
    const token = parseRefreshToken(refreshToken);
    // A second look: between the first look and the rotation another tab may have been quicker.
    for (let look = 0; token !== undefined && look < 2; look++) {
      const row = await sessionStore.byId(token.sessionId);
      const nowMs = clock.now();
      if (row?.refresh_digest == null || row.account_id === null || row.expires_ms! <= nowMs) break;
      const account = await accounts.byId(row.account_id);
      if (account === undefined || account.state === 'suspended') break;
      if (!(await accountStands(account.account_id, parts))) break;
      if (token.generation !== row.refresh_generation || !sameText(digest(token.secret), row.refresh_digest))
        return sessions.answer(row, account.role, await repeated(token, row, parts));
      const next = successorOf(token, sealer);
      const nextDigest = digest(next.secret);
      const expiresMs = Math.min(nowMs + LIFETIMES.sessionIdleMs, row.created_ms + LIFETIMES.sessionMs);
      const rotated = await relational.run(rotateRefresh, {
        sessionId: row.session_id,
        generation: row.refresh_generation,
        digest: row.refresh_digest,
        nextDigest,
        nowMs,
        expiresMs,
      });
      if (rotated === 1) return sessions.answer({ ...row, expires_ms: expiresMs }, account.role, next);
    }
    throw expired();
  };
}

/**
 * A token that is not the current one. Made up: refused. The one just before, a moment ago: its successor again, for two tabs are no theft.
 * Anything else that is genuine was used by two: the session ends for both.
 */
async function repeated(token: RefreshToken, row: SessionsTable, parts: RefreshParts): Promise<RefreshToken> {
  const { sealer, clock, relational, wakeRelay } = parts;
  const current = descendantOf(token, row.refresh_generation, sealer);
  if (current === undefined || !sameText(digest(current.secret), row.refresh_digest!)) throw expired();
  const nowMs = clock.now();
  const isLast = token.generation === row.refresh_generation - 1;
  if (isLast && nowMs - row.refreshed_ms <= LIFETIMES.refreshGraceMs) return current;
  await relational.run(endSession, { sessionId: row.session_id, accountId: null, nowMs });
  wakeRelay();
  throw expired();
}

function expired(): PlazaError {
  return new PlazaError('unauthenticated', 'Your session has ended; sign in again');
}

type EndParts = Pick<Parts, 'relational' | 'clock' | 'wakeRelay'>;

/** The account of the session, or a service on its behalf. A session that is not theirs looks like one that has ended. */
export function signOut({ relational, clock, wakeRelay }: EndParts): AuthenticationService['signOut'] {
  return async ({ sessionId }, { caller }) => {
    if (caller.kind === 'anonymous') throw notSignedIn();
    const accountId = caller.kind === 'account' ? caller.accountId : null;
    await relational.run(endSession, { sessionId, accountId, nowMs: clock.now() });
    wakeRelay();
    return {};
  };
}

/** A person, about their own sessions and app tokens. */
export function revokeSession(
  parts: EndParts & Pick<Parts, 'accounts' | 'sessionStore'>,
): AuthenticationService['revokeSession'] {
  const { relational, clock, wakeRelay } = parts;
  return async ({ sessionId }, context) => {
    const { account } = await callingPerson(context, parts);
    await relational.run(endSession, { sessionId, accountId: account.account_id, nowMs: clock.now() });
    wakeRelay();
    return {};
  };
}

/** A person: everything that is signed in as them ends, and codes that apps have not yet used are void. */
export function signOutEverywhere(
  parts: EndParts & Pick<Parts, 'accounts' | 'sessionStore'>,
): AuthenticationService['signOutEverywhere'] {
  const { relational, clock, wakeRelay } = parts;
  return async ({ exceptSessionId }, context) => {
    const { account } = await callingPerson(context, parts);
    await relational.run(endSessions, { accountId: account.account_id, exceptSessionId, nowMs: clock.now() });
    wakeRelay();
    return {};
  };
}

/** A person, about themselves; last used first. */
export function listSessions(parts: Pick<Parts, 'accounts' | 'sessionStore'>): AuthenticationService['listSessions'] {
  return async (_input, context) => {
    const { account } = await callingPerson(context, parts);
    const rows = await parts.sessionStore.ofAccount(account.account_id, CREDENTIAL_LIMITS.sessionsPerAccount);
    return {
      sessions: rows.map((row) => ({
        sessionId: row.session_id,
        createdMs: row.created_ms,
        lastUsedMs: row.last_used_ms,
        appName: row.app_name,
        scopes: row.app_name === null ? [] : row.scopes.split(' '),
        ip: row.ip,
        userAgent: row.user_agent,
      })),
    };
  };
}
