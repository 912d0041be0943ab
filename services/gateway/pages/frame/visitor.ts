import type { AuthenticationService, Principal, Session } from '#contracts/services/authentication.ts';
import type { CallContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import type { Principals } from '../../access/principals.ts';
import type { CookieJar } from './cookies.ts';

/** Somebody who is signed in to our own pages. */
export interface Visitor {
  readonly accountId: string;
  readonly sessionId: string;
  readonly principal: Principal;
}

export interface VisitorTools {
  readonly principals: Principals;
  readonly authentication: AuthenticationService;
  readonly clock: Clock;
}

/**
 * Who the cookies stand for. An access token that is over is replaced by means of the refresh token; two requests that do this at the same time get the
 * same successor from the authentication service. Cookies of a session that has ended are removed. Only first-party sessions count: a token of
 * an app opens nothing here, even when somebody puts it into a cookie.
 */
export async function findVisitor(jar: CookieJar, context: CallContext, tools: VisitorTools): Promise<Visitor | null> {
  const access = jar.get('access');
  if (access !== undefined) {
    const visitor = await unlessRefused(() => visitorOf(access, context, tools));
    if (visitor) return visitor;
  }
  const refreshToken = jar.get('refresh');
  if (refreshToken !== undefined) {
    const session = await unlessRefused(() => tools.authentication.refreshSession({ refreshToken }, context));
    if (session) {
      keepSession(jar, session, tools.clock);
      return visitorOf(session.accessToken, context, tools);
    }
  }
  forgetSession(jar);
  return null;
}

/** Puts a session into the cookies. Whatever began before it in this browser is over: forms, codes and half-finished sign-ins. */
export function keepSession(jar: CookieJar, session: Session, clock: Clock): void {
  const nowMs = clock.now();
  const secondsUntil = (ms: number) => Math.max(1, Math.floor((ms - nowMs) / 1_000));
  jar.set('access', session.accessToken, secondsUntil(session.accessExpiresMs));
  jar.set('refresh', session.refreshToken, secondsUntil(session.refreshExpiresMs));
}

export function forgetSession(jar: CookieJar): void {
  jar.delete('access');
  jar.delete('refresh');
}

async function visitorOf(token: string, context: CallContext, { principals }: VisitorTools): Promise<Visitor | null> {
  const principal = await principals.of(token, context);
  const { accountId, sessionId, firstParty } = principal;
  return accountId !== null && firstParty ? { accountId, sessionId, principal } : null;
}

/** Null when the answer is no. Everything else is a failure: a service that is away signs nobody out. */
async function unlessRefused<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof PlazaError && (error.code === 'unauthenticated' || error.code === 'bad_request')) return null;
    throw error;
  }
}
