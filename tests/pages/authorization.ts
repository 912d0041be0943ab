import { createHash } from 'node:crypto';
import type { ApiAnswer } from '#tests/constellation/api-client.ts';
import type { Constellation } from '#tests/constellation/constellation.ts';

export const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob';
export const VERIFIER = 'a-verifier-that-is-long-enough-for-the-protocol-0123456789';
export const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

export interface TestApp {
  readonly client_id: string;
  readonly client_secret: string;
  readonly redirect_uri: string;
}

export async function registerApp(
  plaza: Constellation,
  redirectUri: string,
  change: Readonly<Record<string, string>> = {},
): Promise<TestApp> {
  const made = await plaza.api.post('/api/v1/apps', {
    client_name: 'A test app',
    website: 'https://app.example',
    redirect_uris: redirectUri,
    scopes: 'read write follow push',
    ...change,
  });
  if (made.status !== 200) throw new Error(`registering: ${made.status} ${made.text}`);
  const { client_id, client_secret } = made.body as TestApp;
  return { client_id, client_secret, redirect_uri: redirectUri };
}

/** Where an app sends a person. */
export function authorizePath(app: TestApp, change: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({
    client_id: app.client_id,
    redirect_uri: app.redirect_uri,
    response_type: 'code',
    scope: 'read write',
    ...change,
  });
  return `/oauth/authorize?${query}`;
}

export function exchange(
  plaza: Constellation,
  app: TestApp,
  code: string,
  change: Readonly<Record<string, string>> = {},
): Promise<ApiAnswer> {
  return plaza.api.post('/oauth/token', { grant_type: 'authorization_code', ...app, code, ...change });
}
