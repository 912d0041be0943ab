import { covers, DEFAULT_SCOPE, parseScopes } from '#policies/permissions/scopes.ts';
import type { AppsTable } from '../store/tables.ts';
import { refusal } from './refusals.ts';

/** What an app asks for when it sends a person to us, as it stands in the address. */
export interface AuthorizationRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly responseType: string;
  readonly scope?: string | undefined;
  readonly codeChallenge?: string | undefined;
  readonly codeChallengeMethod?: string | undefined;
}

/** RFC 7636: 32 bytes of SHA-256 as base64url. */
const S256_CHALLENGE = /^[A-Za-z0-9_-]{43}$/;

/**
 * The scopes that are asked for, when everything about the request is right. Raises `invalid_client`, `invalid_redirect_uri`,
 * `unsupported_response_type`, `invalid_scope` or `invalid_request`; nobody is ever sent to an address that the app did not register.
 */
export function checkAuthorization(request: AuthorizationRequest, app: AppsTable | undefined): readonly string[] {
  if (app === undefined) throw refusal('invalid_client', 'No such app is registered here');
  if (!(JSON.parse(app.redirect_uris) as string[]).includes(request.redirectUri))
    throw refusal('invalid_redirect_uri', 'The redirect URI is not one that the app registered');
  if (request.responseType !== 'code')
    throw refusal('unsupported_response_type', 'Only the response type "code" is supported');
  checkChallenge(request);
  return grantableScopes(request.scope, app.scopes);
}

function checkChallenge({ codeChallenge, codeChallengeMethod }: AuthorizationRequest): void {
  if (codeChallenge === undefined && codeChallengeMethod === undefined) return;
  if (codeChallenge === undefined) throw refusal('invalid_request', 'code_challenge is missing');
  if ((codeChallengeMethod ?? 'S256') !== 'S256')
    throw refusal('invalid_request', 'Only the code challenge method "S256" is supported');
  if (!S256_CHALLENGE.test(codeChallenge)) throw refusal('invalid_request', 'code_challenge is malformed');
}

/** The asked scopes, or the default one, when the app registered scopes that cover each; `invalid_scope` otherwise. */
export function grantableScopes(asked: string | undefined, registered: string): readonly string[] {
  const text = asked?.trim() ?? '';
  const scopes = parseScopes(text === '' ? DEFAULT_SCOPE : text);
  const own = registered.split(' ');
  if (scopes === undefined || !scopes.every((scope) => covers(own, scope)))
    throw refusal('invalid_scope', 'The requested scope is invalid, unknown, or malformed');
  return scopes;
}
