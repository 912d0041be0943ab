import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as OTPAuth from 'otpauth';
import { Constellation, onEachTransport, TEST_PASSWORD } from '#tests/constellation/constellation.ts';
import { PageClient } from './page-client.ts';

const NEW_PASSWORD = 'another long word for the door';

onEachTransport('what only our own client may ask', (calls) => {
  const starting = Constellation.forTests({ settings: { calls } });
  let plaza: Constellation;
  before(async () => {
    plaza = await starting;
  });

  async function signedIn(username: string, password = TEST_PASSWORD) {
    const browser = new PageClient(plaza.plaza.address, plaza.plaza.origin);
    const answer = await browser.post('/sign-in', { login: username, password });
    assert.equal(answer.status, 303);
    return { browser, ask: browser.plaza.bind(browser) };
  }
  const wrongField = (
    answer: { status: number; body: { details?: Record<string, unknown> } },
    status: number,
    field: string,
  ) => {
    assert.equal(answer.status, status, JSON.stringify(answer.body));
    assert.deepEqual(Object.keys(answer.body.details ?? {}), [field]);
  };

  test('the session says whose it is, and ends when it is asked to', async () => {
    const { id } = await plaza.person('session_one');
    const { ask, browser } = await signedIn('session_one');
    const { status, body } = await ask('GET', 'session');
    assert.equal(status, 200);
    assert.equal(body.account_id, id);
    assert.equal(body.restriction, null);
    const cookies = [...browser.cookies];
    // The access cookie is replaced on the way, and goes with the refresh cookie all the same.
    browser.forget('access');
    const ended = await ask('DELETE', 'session');
    assert.equal(ended.status, 200);
    assert.match(ended.headers.get('clear-site-data') ?? '', /"cache", "storage"/);
    assert.equal(browser.cookie('access'), undefined);
    assert.equal(browser.cookie('refresh'), undefined);
    for (const [name, value] of cookies) browser.cookies.set(name, value);
    assert.equal((await ask('GET', 'session')).status, 401);
  });

  test('the password is changed by who knows it, and ends all other sessions', async () => {
    const person = await plaza.person('password_one');
    const { ask } = await signedIn('password_one');
    const other = await signedIn('password_one');
    wrongField(
      await ask('POST', 'password', { current_password: 'wrong', password: NEW_PASSWORD }),
      403,
      'current_password',
    );
    wrongField(await ask('POST', 'password', { current_password: TEST_PASSWORD, password: 'short' }), 422, 'password');
    assert.equal(
      (await ask('POST', 'password', { current_password: TEST_PASSWORD })).status,
      422,
      'a field is missing',
    );
    assert.equal((await other.ask('GET', 'session')).status, 200, 'what was refused changed nothing');
    assert.equal(
      (await ask('POST', 'password', { current_password: TEST_PASSWORD, password: NEW_PASSWORD })).status,
      200,
    );
    assert.equal((await ask('GET', 'session')).status, 200);
    assert.equal((await other.ask('GET', 'session')).status, 401);
    assert.equal((await person.api.get('/api/v1/accounts/verify_credentials')).status, 401);
    await signedIn('password_one', NEW_PASSWORD);
  });

  test('address and handle are changed with the password', async () => {
    await plaza.person('handle_one');
    const { ask } = await signedIn('handle_one');
    wrongField(await ask('POST', 'email', { email: 'new@example.com', password: 'wrong' }), 403, 'password');
    wrongField(await ask('POST', 'email', { email: 'nowhere', password: TEST_PASSWORD }), 422, 'email');
    assert.equal((await ask('POST', 'email', { email: 'new@example.com', password: TEST_PASSWORD })).status, 200);
    assert.deepEqual((await ask('GET', 'credentials')).body, {
      email: 'new@example.com',
      confirmed: true,
      second_factor: false,
    });
    wrongField(await ask('POST', 'handle', { username: 'handle_two', password: 'wrong' }), 403, 'password');
    wrongField(await ask('POST', 'handle', { username: 'no handle', password: TEST_PASSWORD }), 422, 'username');
    const changed = await ask('POST', 'handle', { username: '@handle_two', password: TEST_PASSWORD });
    assert.equal(changed.body.username, 'handle_two');
  });

  test('a second factor is turned on by a code, asked for when somebody leaves, and turned off by both', async () => {
    await plaza.person('factor_one');
    const { ask } = await signedIn('factor_one');
    wrongField(await ask('POST', 'second_factor', { password: 'wrong' }), 403, 'password');
    const { body: begun } = await ask('POST', 'second_factor', { password: TEST_PASSWORD });
    assert.match(begun.uri, /^otpauth:\/\/totp\//);
    assert.match(begun.qr, /^data:image\/svg\+xml/);
    wrongField(await ask('POST', 'second_factor/enable', { code: '000000' }), 422, 'code');
    const code = (OTPAuth.URI.parse(begun.uri) as OTPAuth.TOTP).generate();
    const { status, body } = await ask('POST', 'second_factor/enable', { code });
    assert.equal(status, 200);
    assert.ok(body.recovery_codes.length >= 8);
    assert.equal((await ask('GET', 'credentials')).body.second_factor, true);
    wrongField(await ask('POST', 'deactivate', { password: TEST_PASSWORD }), 422, 'code');
    wrongField(await ask('POST', 'deactivate', { password: TEST_PASSWORD, code: '000000' }), 403, 'code');
    const leaving = { username: 'factor_one', password: TEST_PASSWORD };
    wrongField(await ask('POST', 'delete', leaving), 422, 'code');
    wrongField(await ask('POST', 'delete', { ...leaving, code: '000000' }), 403, 'code');
    wrongField(await ask('POST', 'second_factor/disable', { password: TEST_PASSWORD, code: 'none' }), 403, 'code');
    const [one] = body.recovery_codes;
    assert.equal((await ask('POST', 'second_factor/disable', { password: TEST_PASSWORD, code: one })).status, 200);
    assert.equal((await ask('GET', 'credentials')).body.second_factor, false);
  });

  test('sessions and apps are listed and ended, those of others are not', async () => {
    const person = await plaza.person('list_one');
    await plaza.person('list_two');
    const { ask } = await signedIn('list_one');
    const stranger = await signedIn('list_two');
    const { body } = await ask('GET', 'sessions');
    assert.equal(body.filter(({ current }: { current: boolean }) => current).length, 1);
    const app = body.find(({ app_name }: { app_name: string | null }) => app_name !== null);
    assert.ok(app.scopes.includes('read'), 'what it may do');
    const own = body.find(({ current }: { current: boolean }) => current);
    assert.deepEqual([own.app_name, own.scopes], [null, []]);
    await stranger.ask('DELETE', `sessions/${app.id}`);
    assert.equal((await person.api.get('/api/v1/accounts/verify_credentials')).status, 200);
    assert.equal((await ask('DELETE', `sessions/${app.id}`)).status, 200);
    assert.equal((await person.api.get('/api/v1/accounts/verify_credentials')).status, 401);
    const other = await signedIn('list_one');
    assert.equal((await ask('DELETE', 'sessions')).status, 200);
    assert.equal((await other.ask('GET', 'session')).status, 401);
    assert.equal((await ask('GET', 'session')).status, 200);
  });

  test('leaving for good asks for handle and password, and ends everything', async () => {
    const person = await plaza.person('leave_one');
    const { ask } = await signedIn('leave_one');
    wrongField(await ask('POST', 'delete', { username: 'other', password: TEST_PASSWORD }), 422, 'username');
    wrongField(await ask('POST', 'delete', { username: 'leave_one', password: 'wrong' }), 403, 'password');
    assert.equal((await person.api.get('/api/v1/accounts/verify_credentials')).status, 200);
    assert.equal((await ask('POST', 'delete', { username: 'leave_one', password: TEST_PASSWORD })).status, 200);
    assert.equal((await person.api.get('/api/v1/accounts/verify_credentials')).status, 401);
    await plaza.plaza.drain();
    assert.equal((await plaza.api.get('/api/v1/accounts/lookup?acct=leave_one')).status, 404);
  });

  test('an app gets no further, whatever its token may do', async () => {
    const { api } = await plaza.person('app_one');
    const answer = await api.get(`/api/plaza/v1/sessions`);
    assert.equal(answer.status, 403);
    assert.match(answer.text, /browser client of this place/);
  });
});
