/** A real OpenID Connect provider on loopback for tests, and a browser that signs in to it. */

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { ORIGIN } from './testing.ts';

export const REDIRECT_URI = `${ORIGIN}/sign-in/social/callback`;
const CLIENT = { clientId: 'plaza', clientSecret: 'a secret of the provider' };

/** What the provider says of somebody. */
export interface ProviderPerson {
  readonly email: string;
  readonly email_verified: boolean;
  readonly preferred_username?: string;
}

export async function openProvider(t: Pick<TestContext, 'after'>, redirectUri = REDIRECT_URI) {
  const people = new Map<string, ProviderPerson>();
  // The provider needs to know its address, so the socket comes first.
  let handle: (request: unknown, response: unknown) => void = () => {};
  const server = createServer((request, response) => handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // @ts-expect-error The package ships no types.
  const { Provider } = await import('oidc-provider');
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [redirectUri],
        token_endpoint_auth_method: 'client_secret_post',
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['preferred_username'] },
    cookies: { keys: ['a key of the test'] },
    findAccount: async (_context: unknown, id: string) => ({
      accountId: id,
      claims: async () => ({ sub: id, ...people.get(id) }),
    }),
  });
  handle = provider.callback();
  t.after(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { people, oidc: { issuer, ...CLIENT, name: 'The other place' } };
}

const MAX_STEPS = 12;

/** Opens an address of the provider, signs in as `subject`, agrees, and gives the address to which the browser is sent in the end. */
export async function signInAtProvider(url: string, subject: string, backTo = ORIGIN): Promise<string> {
  const cookies = new Map<string, string>();
  let next = url;
  let body: URLSearchParams | undefined;
  for (let step = 0; step < MAX_STEPS; step++) {
    if (next.startsWith(backTo)) return next;
    const response = await fetch(next, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(body === undefined ? {} : { method: 'POST', body }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    body = undefined;
    const location = response.headers.get('location');
    if (location !== null) {
      next = new URL(location, next).href;
      continue;
    }
    const page = await response.text();
    const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
    const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1];
    if (action === undefined || prompt === undefined) throw new Error(`No form at ${next}: ${page.slice(0, 500)}`);
    next = new URL(action, next).href;
    body = new URLSearchParams(prompt === 'login' ? { prompt, login: subject, password: 'x' } : { prompt });
  }
  throw new Error('The provider sends the browser in circles.');
}
