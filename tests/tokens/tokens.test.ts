import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { authenticationContract } from '#contracts/services/authentication.ts';
import { userContract } from '#contracts/services/user.ts';
import type { CallContext } from '#platform/calls/context.ts';
import type { ApiClient } from '#tests/constellation/api-client.ts';
import { Constellation, onEachTransport, type Person, TEST_PASSWORD } from '#tests/constellation/constellation.ts';
import { withScopes } from '#tests/constellation/scoped-token.ts';

const HERE = '/api/v1/accounts/verify_credentials';
const NEW_PASSWORD = 'another quite long sentence';

onEachTransport('a token ends at once', (calls) => {
  const started = Constellation.forTests({ settings: { calls } });
  let people = 0;

  /** Somebody with two tokens of apps and a session of the web, all of them known to the gateway. */
  async function somebody() {
    const plaza = await started;
    const person = await plaza.person(`person${++people}`);
    const second = await withScopes(plaza, person.username, 'read write');
    const authentication = plaza.plaza.services.client(authenticationContract);
    const { session } = await signIn(plaza, person, TEST_PASSWORD);
    const web = plaza.api.withToken(session.accessToken);
    for (const api of [person.api, second, web]) assert.equal((await api.get(HERE)).status, 200);
    const operator = () => plaza.plaza.operator.context();
    const asPerson = (): CallContext => ({
      ...operator(),
      caller: { kind: 'account', accountId: person.id, sessionId: session.sessionId, role: 'user', scopes: ['read'] },
    });
    return { plaza, person, second, web, session, authentication, operator, asPerson };
  }

  async function signIn(plaza: Constellation, person: Person, password: string) {
    const authentication = plaza.plaza.services.client(authenticationContract);
    const login = { login: `${person.username}@example.com`, password, ip: '127.0.0.1', userAgent: 'tests' };
    const signedIn = await authentication.signIn(login, plaza.plaza.operator.context());
    assert.equal(signedIn.status, 'signed_in');
    return signedIn as Extract<typeof signedIn, { status: 'signed_in' }>;
  }

  /** Refused on an address that needs somebody, on one that changes something, and on one that is open to everybody. */
  async function isOver(api: ApiClient): Promise<void> {
    for (const answer of [
      await api.get(HERE),
      await api.get('/api/v1/timelines/home'),
      await api.post('/api/v1/statuses', { status: 'Still here' }),
      await api.get('/api/v1/timelines/public'),
    ]) {
      assert.equal(answer.status, 401, answer.text);
      assert.deepEqual(answer.body, { error: 'The access token is invalid' });
      assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer/);
    }
  }

  async function stands(api: ApiClient): Promise<void> {
    const answer = await api.get(HERE);
    assert.equal(answer.status, 200, answer.text);
  }

  it('when its app revokes it, and no other does', async () => {
    const { plaza, person, second, web } = await somebody();
    const { client_id, client_secret } = await plaza.app();
    const asked = { client_id, client_secret, token: second.token };
    assert.equal((await plaza.api.post('/oauth/revoke', { ...asked, client_secret: 'guessed' })).status, 401);
    await stands(second);
    assert.equal((await plaza.api.post('/oauth/revoke', asked)).status, 200);
    await isOver(second);
    await stands(person.api);
    await stands(web);
  });

  it('when another app tries to revoke it, it stands', async () => {
    const { plaza, second } = await somebody();
    const app = await plaza.api.post('/api/v1/apps', { client_name: 'Other', redirect_uris: 'https://other.example/' });
    const { client_id, client_secret } = app.body;
    const answer = await plaza.api.post('/oauth/revoke', { client_id, client_secret, token: second.token });
    assert.equal(answer.status, 403, answer.text);
    await stands(second);
  });

  it('when the person is suspended, and comes back dead when the suspension is lifted', async () => {
    const { person, second, web, authentication, operator } = await somebody();
    await authentication.suspend({ accountId: person.id }, operator());
    for (const api of [person.api, second, web]) await isOver(api);
    await authentication.unsuspend({ accountId: person.id }, operator());
    for (const api of [person.api, second, web]) await isOver(api);
  });

  it('when the password is changed, but for the session that changed it', async () => {
    const { plaza, person, second, web, authentication, asPerson } = await somebody();
    await authentication.changePassword({ current: TEST_PASSWORD, next: NEW_PASSWORD }, asPerson());
    for (const api of [person.api, second]) await isOver(api);
    await stands(web);
    await assert.rejects(signIn(plaza, person, TEST_PASSWORD));
    await signIn(plaza, person, NEW_PASSWORD);
  });

  it('when the operator sets a new password', async () => {
    const { person, second, web, authentication, operator } = await somebody();
    await authentication.setPasswordAs({ accountId: person.id, password: NEW_PASSWORD }, operator());
    for (const api of [person.api, second, web]) await isOver(api);
  });

  it('when the person signs out everywhere, here excepted', async () => {
    const { person, second, web, session, authentication, asPerson } = await somebody();
    await authentication.signOutEverywhere({ exceptSessionId: session.sessionId }, asPerson());
    for (const api of [person.api, second]) await isOver(api);
    await stands(web);
    await authentication.signOutEverywhere({ exceptSessionId: null }, asPerson());
    await isOver(web);
  });

  it('when one session is ended among others', async () => {
    const { person, second, web, session, authentication, asPerson } = await somebody();
    await authentication.revokeSession({ sessionId: session.sessionId }, asPerson());
    await isOver(web);
    for (const api of [person.api, second]) await stands(api);
  });

  it('when the account is deleted', async () => {
    const { plaza, person, second, web, asPerson } = await somebody();
    await plaza.plaza.services.client(userContract).deleteAccount({}, asPerson());
    for (const api of [person.api, second, web]) await isOver(api);
    await plaza.plaza.drain();
    for (const api of [person.api, second, web]) await isOver(api);
  });

  it('when the person deactivates the account', async () => {
    const { plaza, person, second, web, session, authentication, operator, asPerson } = await somebody();
    await plaza.plaza.services.client(userContract).deactivate({}, asPerson());
    for (const api of [person.api, second, web]) await isOver(api);
    const { refreshToken } = session;
    await assert.rejects(authentication.refreshSession({ refreshToken }, operator()), { code: 'unauthenticated' });
    // Coming back opens a new session, and none of those that were left.
    const back = await signIn(plaza, person, TEST_PASSWORD);
    for (const api of [person.api, second, web]) await isOver(api);
    await plaza.plaza.drain();
    await stands(plaza.api.withToken(back.session.accessToken));
  });

  it('and what was never a token is none', async () => {
    const plaza = await started;
    for (const token of ['x', 'a.b.c', 'undefined', `${'a'.repeat(3_900)}`, '0'.repeat(43)])
      await isOver(plaza.api.withToken(token));
  });
});

describe('a stolen refresh token', () => {
  const started = Constellation.forTests();

  it('ends the whole family when it is used again', async () => {
    const plaza = await started;
    const person = await plaza.person('robbed');
    const authentication = plaza.plaza.services.client(authenticationContract);
    const context = () => plaza.plaza.operator.context();
    const login = { login: 'robbed@example.com', password: TEST_PASSWORD, ip: '127.0.0.1', userAgent: 'tests' };
    const signedIn = await authentication.signIn(login, context());
    assert.ok(signedIn.status === 'signed_in');
    const second = await authentication.refreshSession({ refreshToken: signedIn.session.refreshToken }, context());
    const third = await authentication.refreshSession({ refreshToken: second.refreshToken }, context());
    const web = plaza.api.withToken(third.accessToken);
    assert.equal((await web.get(HERE)).status, 200);
    await assert.rejects(authentication.refreshSession({ refreshToken: signedIn.session.refreshToken }, context()), {
      code: 'unauthenticated',
    });
    assert.equal((await web.get(HERE)).status, 401);
    await assert.rejects(authentication.refreshSession({ refreshToken: third.refreshToken }, context()));
    assert.equal((await person.api.get(HERE)).status, 200, 'the token of an app is of another family');
  });
});
