import type { AuthenticationService } from '#contracts/services/authentication.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import type { Parts } from '../parts.ts';

/** Anyone who holds a token: it speaks for itself. */
export function authenticate({
  principals,
  clock,
}: Pick<Parts, 'principals' | 'clock'>): AuthenticationService['authenticate'] {
  return async ({ token }) => {
    const known = await principals.ofToken(token);
    if (known === undefined) throw new PlazaError('unauthenticated', 'The access token is invalid');
    const { principal, jwt, expiresMs } = known;
    // Someone who waits for approval should not wait for a cache as well.
    return { principal, jwt, expiresMs: principal.restriction === null ? expiresMs : clock.now() };
  };
}

const GONE = { active: false, revision: 0 } as const;

/** One read by primary key: a session that ended, for whatever reason, has no row. */
export function checkSession({
  sessionStore,
  clock,
}: Pick<Parts, 'sessionStore' | 'clock'>): AuthenticationService['checkSession'] {
  return async ({ sessionId }) => {
    const row = await sessionStore.liveness(sessionId);
    if (row === undefined || (row.expires_ms !== null && row.expires_ms <= clock.now())) return GONE;
    return { active: true, revision: row.revision };
  };
}
