import { Somebody } from '#tests/clients/person/person.ts';
import type { ApiClient } from './api-client.ts';
import type { Constellation } from './constellation.ts';

const SHOWN_TO_COPY = 'urn:ietf:wg:oauth:2.0:oob';

/** The API as an app sees it to which a person has allowed these scopes, by the consent page and a code. */
export async function withScopes(plaza: Constellation, username: string, scopes: string): Promise<ApiClient> {
  const { client_id, client_secret } = await plaza.app();
  const asked = new URLSearchParams({ response_type: 'code', client_id, redirect_uri: SHOWN_TO_COPY, scope: scopes });
  const code = await new Somebody(plaza.api.address, username).codeFor(
    `${plaza.api.address}/oauth/authorize?${asked.toString()}`,
  );
  const token = await plaza.api.post('/oauth/token', {
    grant_type: 'authorization_code',
    client_id,
    client_secret,
    redirect_uri: SHOWN_TO_COPY,
    code,
  });
  if (token.status !== 200) throw new Error(`token of ${username} for ${scopes}: ${token.status} ${token.text}`);
  return plaza.api.withToken((token.body as { access_token: string }).access_token);
}
