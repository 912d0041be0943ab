import * as oidc from 'openid-client';
import { PlazaError } from '#platform/errors/errors.ts';
import { StartError } from '#platform/lifecycle/start-error.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { AuthenticationConfig } from '../config.ts';

/** What has to be kept between sending the browser away and its return. */
export interface SocialFlow {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly redirectUri: string;
}

/** Who the provider says came back. */
export interface SocialIdentity {
  readonly issuer: string;
  readonly subject: string;
  /** Only when the provider says that it has verified it. */
  readonly email: string | null;
  readonly name: string;
}

/** An external OpenID Connect provider. It is asked only when somebody wants to sign in with it, so that one that is away stops nobody else. */
export interface SocialProvider {
  begin(redirectUri: string): Promise<{ url: string; flow: SocialFlow }>;
  /** `unauthenticated` when the answer is not the one to `flow`, was tampered with, or the person refused; `unavailable` when the provider is away. */
  finish(flow: SocialFlow, callbackUrl: URL): Promise<SocialIdentity>;
}

type OidcConfig = NonNullable<AuthenticationConfig['oidc']>;

const TIMEOUT_SECONDS = 8;
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Raises a `StartError` where the issuer is not safe: everything hangs on its keys, so they are fetched over TLS. */
export function createSocialProvider(config: OidcConfig, log: Logger): SocialProvider {
  const issuer = new URL(config.issuer);
  const onLoopback = LOOPBACK.has(issuer.hostname);
  if (issuer.protocol !== 'https:' && !(issuer.protocol === 'http:' && onLoopback))
    throw new StartError(`PLAZA_OIDC_ISSUER is ${config.issuer}: use an https address (http only on loopback).`);
  const options: oidc.DiscoveryRequestOptions = {
    timeout: TIMEOUT_SECONDS,
    ...(issuer.protocol === 'http:' ? { execute: [oidc.allowInsecureRequests] } : {}),
  };
  const authentication = config.clientSecret === null ? oidc.None() : oidc.ClientSecretPost(config.clientSecret);
  let discovered: Promise<oidc.Configuration> | undefined;

  const provider = async (): Promise<oidc.Configuration> => {
    discovered ??= oidc.discovery(issuer, config.clientId, undefined, authentication, options);
    try {
      return await discovered;
    } catch (error) {
      discovered = undefined;
      throw away(error, log);
    }
  };

  return {
    async begin(redirectUri) {
      const server = await provider();
      const flow: SocialFlow = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        codeVerifier: oidc.randomPKCECodeVerifier(),
        redirectUri,
      };
      const url = oidc.buildAuthorizationUrl(server, {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(flow.codeVerifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, flow };
    },
    async finish(flow, callbackUrl) {
      const server = await provider();
      try {
        const tokens = await oidc.authorizationCodeGrant(server, callbackUrl, {
          expectedState: flow.state,
          expectedNonce: flow.nonce,
          pkceCodeVerifier: flow.codeVerifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims()!;
        const told: Record<string, unknown> = { ...(await moreAbout(server, tokens.access_token, claims)), ...claims };
        const verified = told.email_verified === true && typeof told.email === 'string';
        return {
          issuer: claims.iss,
          subject: claims.sub,
          email: verified ? (told.email as string) : null,
          name: String(told.preferred_username ?? told.nickname ?? told.name ?? ''),
        };
      } catch (error) {
        if (isRefusal(error)) throw new PlazaError('unauthenticated', 'Signing in with the other provider failed');
        throw away(error, log);
      }
    },
  };
}

/** Many providers put the address into the user-info answer only. */
async function moreAbout(server: oidc.Configuration, accessToken: string, claims: oidc.IDToken) {
  if (claims.email !== undefined || server.serverMetadata().userinfo_endpoint === undefined) return {};
  return oidc.fetchUserInfo(server, accessToken, claims.sub);
}

/** The provider, or the checks, said no; everything else is the provider or the way to it being broken. */
function isRefusal(error: unknown): boolean {
  if (error instanceof oidc.AuthorizationResponseError) return true;
  if (error instanceof oidc.ResponseBodyError) return error.status < 500;
  if (!(error instanceof oidc.ClientError)) return false;
  return error.code !== 'OAUTH_TIMEOUT' && !(error.cause instanceof TypeError);
}

function away(error: unknown, log: Logger): PlazaError {
  log.warn({ err: error }, 'authentication: the external provider did not answer');
  return new PlazaError('unavailable', 'The other provider does not answer; try again in a moment');
}
