import type { AuthenticationService } from '#contracts/services/authentication.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import type { Parts } from '../parts.ts';
import { accountStands } from '../standing.ts';

/** Anyone who holds a token: it speaks for itself. */
export function authenticate({
  principals,
  user,
  clock,
}: Pick<Parts, 'principals' | 'user' | 'clock'>): AuthenticationService['authenticate'] {
  return async ({ token }) => {
    const known = await principals.ofToken(token);
    if (known === undefined || !(await accountStands(known.principal.accountId, { user, clock })))
      throw new PlazaError('unauthenticated', 'The access token is invalid');
    const { principal, jwt, expiresMs } = known;
    // Someone who waits for approval should not wait for a cache as well.
    return { principal, jwt, expiresMs: principal.restriction === null ? expiresMs : clock.now() };
  };
}

const GONE = { active: false, revision: 0 } as const;

/** Two reads by primary key: a session that ended has no row, and whether its account still stands is known to the user service. */
export function checkSession({
  sessionStore,
  user,
  clock,
}: Pick<Parts, 'sessionStore' | 'user' | 'clock'>): AuthenticationService['checkSession'] {
  return async ({ sessionId }) => {
    const row = await sessionStore.liveness(sessionId);
    if (row === undefined || (row.expires_ms !== null && row.expires_ms <= clock.now())) return GONE;
    if (!(await accountStands(row.account_id, { user, clock }))) return GONE;
    return { active: true, revision: row.revision };
  };
}
