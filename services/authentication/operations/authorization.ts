import type { AuthenticationService } from '#contracts/services/authentication.ts';
import { forbidden, PlazaError } from '#platform/errors/errors.ts';
import { checkAuthorization } from '../oauth/authorization-request.ts';
import { refusal } from '../oauth/refusals.ts';
import type { Parts } from '../parts.ts';
import { endSession } from '../scripts/sessions.ts';
import { digest, sameText } from '../secrets/digest.ts';
import { presentApp } from '../store/apps.ts';

/** Anyone: it tells what the address of the consent page asks for. */
export function describeAuthorization({ apps }: Pick<Parts, 'apps'>): AuthenticationService['describeAuthorization'] {
  return async (request) => {
    const app = await apps.byClientId(request.clientId);
    const scopes = checkAuthorization(request, app);
    return { app: presentApp(app!), scopes: [...scopes] };
  };
}

/** A person on our own client: an app must not agree to itself. */
export function authorize({
  apps,
  oauth,
  sessionStore,
}: Pick<Parts, 'apps' | 'oauth' | 'sessionStore'>): AuthenticationService['authorize'] {
  return async (request, { caller }) => {
    if (caller.kind !== 'account') throw new PlazaError('unauthenticated', 'Sign in first');
    const session = await sessionStore.byId(caller.sessionId);
    if (session?.account_id !== caller.accountId) throw new PlazaError('unauthenticated', 'Sign in first');
    if (session.app_id !== null) throw forbidden('Only the person can agree');
    checkAuthorization(request, await apps.byClientId(request.clientId));
    return { code: await oauth.authorize(request, caller.accountId), redirectUri: request.redirectUri };
  };
}

/** An app that proves itself: by its secret, or by the verifier of a code that was begun with PKCE. */
export function issueToken({ oauth }: Pick<Parts, 'oauth'>): AuthenticationService['issueToken'] {
  return async (request) => ({ ...(await oauth.token(request)), tokenType: 'Bearer' });
}

/** The app that a token was given to. An unknown token is no error (RFC 7009): it is certainly not valid any more. */
export function revokeToken({
  apps,
  sessionStore,
  relational,
  clock,
  wakeRelay,
}: Pick<Parts, 'apps' | 'sessionStore' | 'relational' | 'clock' | 'wakeRelay'>): AuthenticationService['revokeToken'] {
  return async ({ token, clientId, clientSecret }) => {
    const app = await apps.byClientId(clientId);
    if (app === undefined || !sameText(digest(clientSecret), app.secret_digest))
      throw refusal('invalid_client', 'The app is unknown or its secret is wrong');
    const session = await sessionStore.principalByToken(digest(token));
    if (session === undefined) return {};
    if (session.app_id !== app.app_id)
      throw new PlazaError('forbidden', 'unauthorized_client', {
        description: 'You are not authorized to revoke this token',
      });
    await relational.run(endSession, { sessionId: session.session_id, accountId: null, nowMs: clock.now() });
    wakeRelay();
    return {};
  };
}
