import OAuth2Server, { Request, Response, type User } from '@node-oauth/oauth2-server';
import { LIFETIMES } from '#policies/limits/sign-in.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { type ModelTools, oauthModel } from './model.ts';
import { libraryUri } from './redirect-uris.ts';
import { translated } from './refusals.ts';

/** A request for a token, as it stands in the form. */
export interface TokenRequest {
  readonly grantType: string;
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
  readonly code?: string | undefined;
  readonly redirectUri?: string | undefined;
  readonly codeVerifier?: string | undefined;
  readonly scope?: string | undefined;
}

export interface IssuedToken {
  readonly accessToken: string;
  readonly scope: string;
  readonly createdMs: number;
}

/** The OAuth library, without HTTP. Refusals are `PlazaError`s that carry the words of RFC 6749. */
export interface OAuthServer {
  /** A code for an account that agreed. The request was checked (`checkAuthorization`). */
  authorize(request: AuthorizationRequest, accountId: string): Promise<string>;
  token(request: TokenRequest): Promise<IssuedToken>;
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '1' };

export function createOAuthServer(tools: ModelTools): OAuthServer {
  const server = new OAuth2Server({
    model: oauthModel(tools),
    authorizationCodeLifetime: LIFETIMES.authorizationCodeMs / 1_000,
    allowEmptyState: true,
    allowExtendedTokenAttributes: true,
  });

  return {
    async authorize(request, accountId) {
      const user: User = { accountId };
      const body = fields({
        client_id: request.clientId,
        redirect_uri: libraryUri(request.redirectUri),
        response_type: request.responseType,
        scope: request.scope,
        code_challenge: request.codeChallenge,
        code_challenge_method: request.codeChallengeMethod,
      });
      try {
        const code = await server.authorize(
          new Request({ headers: FORM, method: 'POST', query: {}, body }),
          new Response({}),
          { authenticateHandler: { handle: async () => user } },
        );
        return code.authorizationCode;
      } catch (error) {
        throw translated(error);
      }
    },
    async token(request) {
      const body = fields({
        grant_type: request.grantType,
        client_id: request.clientId,
        client_secret: request.clientSecret,
        code: request.code,
        redirect_uri: request.redirectUri,
        code_verifier: request.codeVerifier,
        scope: request.scope,
      });
      try {
        const token = await server.token(
          new Request({ headers: FORM, method: 'POST', query: {}, body }),
          new Response({}),
        );
        return {
          accessToken: token.accessToken,
          scope: token.scope!.join(' '),
          createdMs: token.createdMs as number,
        };
      } catch (error) {
        throw translated(error);
      }
    },
  };
}

/** Fields that have a value: an empty one counts as not given. */
function fields(all: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => Boolean(entry[1])));
}
