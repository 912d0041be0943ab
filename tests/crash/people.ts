import assert from 'node:assert/strict';
import { ApiClient } from '#tests/constellation/api-client.ts';
import { ALL_SCOPES, TEST_PASSWORD } from '#tests/constellation/constellation.ts';
import { PageClient } from '#tests/pages/page-client.ts';

export interface Person {
  readonly id: string;
  readonly username: string;
  readonly api: ApiClient;
}

/** Signs people up, one after the other, for as long as the server's address stays. */
export class SignUp {
  readonly #app: ApiClient;
  #made = 0;

  private constructor(app: ApiClient) {
    this.#app = app;
  }

  static async at(address: string): Promise<SignUp> {
    const anonymous = new ApiClient(address);
    const app = await anonymous.post('/api/v1/apps', {
      client_name: 'Crash test',
      redirect_uris: 'urn:ietf:wg:oauth:2.0:oob',
      scopes: ALL_SCOPES,
    });
    const { client_id, client_secret } = app.body;
    const granted = await anonymous.post('/oauth/token', {
      grant_type: 'client_credentials',
      client_id,
      client_secret,
      scope: ALL_SCOPES,
    });
    return new SignUp(anonymous.withToken(granted.body.access_token));
  }

  /** Reads home once, so that posts are delivered there. */
  async next(): Promise<Person> {
    const username = `person${this.#made++}`;
    const made = await this.#app.post('/api/v1/accounts', {
      username,
      email: `${username}@example.com`,
      password: TEST_PASSWORD,
      agreement: true,
      locale: 'en',
    });
    assert.equal(made.status, 200, made.text);
    const api = this.#app.withToken(made.body.access_token);
    const { id } = (await api.get('/api/v1/accounts/verify_credentials')).body;
    assert.equal((await api.get('/api/v1/timelines/home')).status, 200);
    return { id, username, api };
  }
}

/** Deletes the account as our own client does. `repeated`: an earlier try may have done it, and then nobody can sign in. */
export async function leaveForGood({ api, username }: Person, repeated: boolean): Promise<void> {
  const browser = new PageClient(api.address, api.address.replace('127.0.0.1', 'localhost'));
  const signedIn = await browser.post('/sign-in', { login: username, password: TEST_PASSWORD });
  if (repeated && signedIn.status === 401) return;
  assert.equal(signedIn.status, 303, signedIn.text);
  const left = await browser.plaza('POST', 'delete', { username, password: TEST_PASSWORD });
  assert.equal(left.status, 200, JSON.stringify(left.body));
}
