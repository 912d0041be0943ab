import type {
  AuthorizationCode,
  AuthorizationCodeModel,
  Client,
  ClientCredentialsModel,
} from '@node-oauth/oauth2-server';
import type { Clock } from '#platform/clock/clock.ts';
import { type Random, randomToken } from '#platform/random/random.ts';
import { LIFETIMES } from '#policies/limits/sign-in.ts';
import type { Relational } from '#ports/relational/port.ts';
import { keepToken, useCode } from '../scripts/codes.ts';
import { endSession, startSession } from '../scripts/sessions.ts';
import { digest, sameText } from '../secrets/digest.ts';
import type { NewToken, Sessions } from '../sessions.ts';
import type { AppStore } from '../store/apps.ts';
import type { AppsTable } from '../store/tables.ts';
import { grantableScopes } from './authorization-request.ts';
import { libraryUri, registeredUri } from './redirect-uris.ts';
import { refusal } from './refusals.ts';

export interface ModelTools {
  readonly apps: AppStore;
  readonly sessions: Sessions;
  readonly relational: Relational;
  readonly clock: Clock;
  readonly random: Random;
  readonly wakeRelay: () => void;
}

/** For whom a token is: an account, or the app itself. */
interface Holder {
  readonly accountId: string | null;
}

const GRANTS = ['authorization_code', 'client_credentials'];
/** The library compares with the machine's clock; the model judges by ours and hands over what is either valid or not there. */
const NOT_YET = new Date(8_640_000_000_000_000);

/** What the OAuth library asks and tells, on our tables. */
export function oauthModel(tools: ModelTools): AuthorizationCodeModel & ClientCredentialsModel {
  const { apps, sessions, relational, clock, random, wakeRelay } = tools;

  return {
    /** Without a secret (`null` or nothing) only where the library allows it: at the consent, and for a code that PKCE protects. */
    async getClient(clientId, clientSecret) {
      const app = await apps.byClientId(clientId);
      if (app === undefined) return false;
      if (clientSecret && !sameText(digest(clientSecret), app.secret_digest)) return false;
      return clientOf(app);
    },
    async validateScope(_holder, client, scopes) {
      return [...grantableScopes(scopes?.join(' '), client.scopes as string)];
    },
    async getUserFromClient() {
      return { accountId: null };
    },
    generateAuthorizationCode: async () => randomToken(random),
    generateAccessToken: async () => randomToken(random),

    async saveAuthorizationCode(code, client, holder) {
      await apps.insertCode({
        code_digest: digest(code.authorizationCode),
        app_id: client.id,
        account_id: (holder as Holder).accountId!,
        redirect_uri: registeredUri(code.redirectUri),
        scopes: code.scope!.join(' '),
        challenge: code.codeChallenge ?? null,
        challenge_method: code.codeChallengeMethod ?? null,
        expires_ms: clock.now() + LIFETIMES.authorizationCodeMs,
        uses: 0,
        session_id: null,
      });
      return { ...code, client, user: holder };
    },
    async getAuthorizationCode(authorizationCode) {
      const row = await apps.code(digest(authorizationCode));
      const app = row === undefined ? undefined : await apps.byId(row.app_id);
      if (row === undefined || app === undefined) return undefined;
      // A used code is handed over whatever its age: using it again has to revoke what came of it.
      if (row.uses === 0 && row.expires_ms <= clock.now()) return undefined;
      const code: AuthorizationCode = {
        authorizationCode,
        expiresAt: NOT_YET,
        redirectUri: row.redirect_uri,
        scope: row.scopes.split(' '),
        client: clientOf(app),
        user: { accountId: row.account_id } satisfies Holder,
      };
      if (row.challenge === null) return code;
      return { ...code, codeChallenge: row.challenge, codeChallengeMethod: row.challenge_method ?? 'S256' };
    },
    async revokeAuthorizationCode(code) {
      const { usable, sessionId } = await relational.run(useCode, { codeDigest: digest(code.authorizationCode) });
      if (sessionId !== null) {
        await relational.run(endSession, { sessionId, accountId: null, nowMs: clock.now() });
        wakeRelay();
      }
      return usable;
    },
    async saveToken(token, client, holder) {
      const { accountId } = holder as Holder;
      const scopes = token.scope!;
      const made = sessions.newToken({ token: token.accessToken, appId: client.id, accountId, scopes });
      const { authorizationCode } = token as { authorizationCode?: string };
      if (!(await keep(relational, made, authorizationCode)))
        throw refusal('invalid_grant', 'The authorization code is no longer valid');
      wakeRelay();
      return {
        accessToken: token.accessToken,
        scope: scopes,
        client,
        user: holder,
        createdMs: made.session.created_ms,
      };
    },
    async getAccessToken() {
      return false;
    },
  };
}

function keep(relational: Relational, made: NewToken, authorizationCode: string | undefined): Promise<boolean> {
  const { session, eventId } = made;
  return authorizationCode === undefined
    ? relational.run(startSession, { session, eventId })
    : relational.run(keepToken, { session, eventId, codeDigest: digest(authorizationCode) });
}

function clientOf(app: AppsTable): Client {
  return {
    id: app.app_id,
    redirectUris: (JSON.parse(app.redirect_uris) as string[]).map(libraryUri),
    grants: GRANTS,
    scopes: app.scopes,
  };
}
