import assert from 'node:assert/strict';
import { get, type IncomingMessage } from 'node:http';
import { before, describe, test } from 'node:test';
import { authenticationContract } from '#contracts/services/authentication.ts';
import { Constellation, TEST_PASSWORD } from '#tests/constellation/constellation.ts';
import { authorizePath, OUT_OF_BAND, registerApp } from './authorization.ts';
import { PageClient, tokenOf } from './page-client.ts';

describe('sessions of the pages', () => {
  const starting = Constellation.forTests();
  let plaza: Constellation;
  before(async () => {
    plaza = await starting;
  });
  const client = () => new PageClient(plaza.plaza.address, plaza.plaza.origin);

  async function signedIn(username: string) {
    const person = await plaza.person(username);
    const browser = client();
    const answer = await browser.post('/sign-in', { login: username, password: TEST_PASSWORD });
    assert.equal(answer.status, 303);
    return { ...person, browser };
  }

  test('live in cookies that no script reads and that do not travel with posts from elsewhere', async () => {
    await plaza.person('ada');
    const browser = client();
    const token = tokenOf((await browser.get('/sign-in')).text);
    const answer = await browser.send('/sign-in', { form_token: token, login: 'ada', password: TEST_PASSWORD });
    const cookies = answer.headers.getSetCookie();
    assert.ok(cookies.length >= 3, 'access, refresh and a new token for forms');
    for (const cookie of cookies) assert.match(cookie, /; Path=\/; HttpOnly; SameSite=Lax$/);
    assert.match((await browser.get('/')).text, /@ada@|"acct":"ada"/);
  });

  test('count for the API where our own client asks, until they end', async () => {
    const { browser } = await signedIn('petra');
    const me = '/api/v1/accounts/verify_credentials';
    const answer = await browser.api(me);
    assert.equal(answer.status, 200);
    assert.equal(JSON.parse(answer.text).acct, 'petra');
    assert.equal(answer.headers.get('cache-control'), 'private, no-store');
    browser.forget('access');
    const renewed = await browser.api(me);
    assert.equal(renewed.status, 200, 'what is over is replaced by means of the refresh token');
    assert.ok(browser.cookie('access'));
    const posted = await browser.api('/api/v1/statuses', {
      method: 'POST',
      body: new URLSearchParams({ status: 'by a cookie' }),
    });
    assert.equal(posted.status, 200);
    const stolen = [...browser.cookies];
    await browser.post('/sign-out', {});
    for (const [name, value] of stolen) browser.cookies.set(name, value);
    assert.equal((await browser.api(me)).status, 401, 'a session that was ended');
  });

  test('count for nobody else: not without the header, not from another origin, not with the token of an app in the cookie', async () => {
    const { browser } = await signedIn('quinn');
    const { token } = (await plaza.person('rosa')).api;
    const post = { method: 'POST', body: new URLSearchParams({ status: 'forged' }) };
    const elsewhere: readonly Readonly<Record<string, string>>[] = [
      { 'x-plaza-client': '' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of elsewhere) {
      assert.equal((await browser.api('/api/v1/statuses', post, headers)).status, 401, JSON.stringify(headers));
    }
    const preflight = await fetch(new URL('/api/v1/statuses', plaza.plaza.address), {
      method: 'OPTIONS',
      headers: {
        origin: 'https://evil.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-plaza-client',
      },
    });
    assert.doesNotMatch(preflight.headers.get('access-control-allow-headers') ?? '', /x-plaza-client/i);
    assert.equal(preflight.headers.get('access-control-allow-credentials'), null);
    const name = [...browser.cookies.keys()].find((key) => key.endsWith('-access'))!;
    browser.forget('refresh');
    browser.cookies.set(name, token!);
    assert.equal((await browser.api('/api/v1/accounts/verify_credentials')).status, 401, 'an app has no session here');
  });

  test('leave nothing with caches that are shared: what our client is answered is for it alone, signed in or not', async () => {
    const { browser } = await signedIn('tess');
    const { api } = await plaza.person('uma');
    const { body: post } = await api.post('/api/v1/statuses', { status: 'for all to see' });
    const open = [`/api/v1/statuses/${post.id}`, '/api/v2/instance', '/api/v1/timelines/public'];
    const stranger = client();
    const over = client();
    over.cookies.set([...browser.cookies.keys()].find((key) => key.endsWith('-access'))!, 'of nobody');
    for (const path of open) {
      for (const [who, asks] of Object.entries({ browser, stranger, over })) {
        const answer = await asks.api(path);
        assert.equal(answer.status, 200);
        assert.equal(answer.headers.get('cache-control'), 'private, no-store', `${who} ${path}`);
        assert.equal(answer.headers.get('vary'), 'Authorization, X-Plaza-Client');
      }
      const kept = await plaza.api.get(path);
      assert.match(kept.headers.get('cache-control')!, /^public/, path);
      assert.equal(
        kept.headers.get('vary'),
        'Authorization, X-Plaza-Client',
        'which no answer to a cookie may take the place of',
      );
    }
  });

  test('are no way in for the WebSocket of another place: nothing is upgraded, and only our own origin brings the person', async () => {
    const { browser } = await signedIn('vera');
    const ask = async (path: string, headers: Record<string, string>) => {
      const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
      const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ');
      const handshake = { 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==', 'sec-websocket-version': '13' };
      const asked = { connection: 'Upgrade', upgrade: 'websocket', ...handshake, cookie, ...headers };
      get(new URL(path, plaza.plaza.address), { agent: false, headers: asked }, resolve)
        .on('upgrade', () => reject(new Error('it was upgraded')))
        .on('error', reject);
      const answer = await promise;
      answer.resume();
      return answer;
    };
    const me = '/api/v1/accounts/verify_credentials';
    for (const origin of ['https://evil.example', 'null', 'file://']) {
      assert.equal((await ask(me, { origin, 'x-plaza-client': 'web' })).statusCode, 401, origin);
    }
    assert.equal((await ask(me, { 'x-plaza-client': 'web' })).statusCode, 401, 'without an origin');
    assert.equal((await ask('/api/v1/streaming', { origin: plaza.plaza.origin })).statusCode, 404);
    const name = [...browser.cookies.keys()].find((key) => key.endsWith('-access'))!;
    browser.cookies.clear();
    browser.cookies.set(name, 'of nobody');
    const removed = await ask('/api/v2/instance', { origin: plaza.plaza.origin });
    assert.ok(removed.headers['set-cookie'], 'a cookie that is over is removed');
    assert.equal(removed.headers['cache-control'], 'private, no-store', 'and for nobody else');
  });

  test('are no way into the API without our client', async () => {
    const { browser } = await signedIn('bea');
    assert.equal((await browser.get('/api/v1/accounts/verify_credentials')).status, 401);
    assert.equal((await browser.send('/api/v1/statuses', { status: 'forged' })).status, 401);
  });

  test('no token of an app opens a page', async () => {
    const person = await plaza.person('cleo');
    const browser = client();
    await browser.get('/sign-in');
    const name = [...browser.cookies.keys()][0]!.replace(/form$/, 'access');
    browser.cookies.set(name, person.api.token!);
    assert.doesNotMatch((await browser.get('/')).text, /@cleo@/);
    assert.equal((await browser.get('/sign-out')).status, 303);
  });

  test('are renewed when their access is over, by several requests at once too', async () => {
    const { browser } = await signedIn('dora');
    const before = browser.cookie('refresh');
    browser.forget('access');
    const answers = await Promise.all(['/', '/?again', '/sign-out'].map((path) => browser.get(path)));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200],
    );
    assert.notEqual(browser.cookie('refresh'), before);
    browser.forget('access');
    assert.match((await browser.get('/')).text, /@dora@/);
  });

  test('end at once, and take their cookies with them', async () => {
    const { browser } = await signedIn('eva');
    const stolen = new Map(browser.cookies);
    const answer = await browser.post('/sign-out', {});
    assert.equal(answer.location, '/sign-in?notice=signed-out');
    assert.equal(answer.headers.get('clear-site-data'), '"cache", "storage"', 'nothing of hers stays in the browser');
    assert.equal(browser.cookie('access'), undefined);
    assert.equal(browser.cookie('refresh'), undefined);
    for (const [name, value] of stolen) browser.cookies.set(name, value);
    assert.doesNotMatch((await browser.get('/')).text, /@eva@/);
    assert.equal(browser.cookie('refresh'), undefined, 'a session that has ended is not kept');
  });

  test('are replaced when somebody signs in again', async () => {
    const { browser } = await signedIn('fay');
    const first = new Map(browser.cookies);
    await browser.post('/sign-in', { login: 'fay', password: TEST_PASSWORD }, '/sign-in?again=1');
    const second = client();
    for (const [name, value] of first) second.cookies.set(name, value);
    assert.doesNotMatch((await second.get('/')).text, /@fay@/);
    assert.match((await browser.get('/')).text, /@fay@/);
  });

  test('of somebody else cannot be ended', async () => {
    const owner = await signedIn('hedy');
    const { sessions } = await plaza.plaza.services
      .client(authenticationContract)
      .listSessions({}, await contextOf(owner.browser));
    const other = await signedIn('iris');
    for (const { sessionId } of sessions) await other.browser.plaza('DELETE', `sessions/${sessionId}`);
    assert.equal((await owner.api.get('/api/v1/accounts/verify_credentials')).status, 200);
    assert.match((await owner.browser.get('/')).text, /@hedy@/);
  });

  /** A context on behalf of whoever is signed in, read from the access token that the browser holds. */
  async function contextOf(browser: PageClient) {
    const claims = JSON.parse(Buffer.from(browser.cookie('access')!.split('.')[1]!, 'base64url').toString());
    return {
      ...plaza.plaza.operator.context(),
      caller: { kind: 'account' as const, accountId: claims.sub, sessionId: claims.sid, role: 'user', scopes: [] },
    };
  }
});

describe('forms of the pages', () => {
  const starting = Constellation.forTests();
  let plaza: Constellation;
  before(async () => {
    plaza = await starting;
    await plaza.person('ada');
  });
  const client = () => new PageClient(plaza.plaza.address, plaza.plaza.origin);
  const credentials = { login: 'ada', password: TEST_PASSWORD };

  test('are refused without their token, with a wrong one, and from elsewhere', async () => {
    const browser = client();
    const token = tokenOf((await browser.get('/sign-in')).text);
    const send = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
      browser.send('/sign-in', { ...credentials, ...fields }, headers);
    assert.equal((await send({})).status, 403);
    assert.equal((await send({ form_token: `${token.slice(0, -1)}_` })).status, 403);
    assert.equal((await send({ form_token: token }, { origin: 'https://evil.example' })).status, 403);
    assert.equal((await send({ form_token: token }, { origin: 'null' })).status, 403);
    assert.equal((await send({ form_token: token }, { 'sec-fetch-site': 'cross-site' })).status, 403);
    assert.equal((await send({ form_token: token }, { 'sec-fetch-site': 'same-site' })).status, 403);
    assert.equal(browser.cookie('access'), undefined);
    const stranger = client();
    assert.equal((await stranger.send('/sign-in', { ...credentials, form_token: token })).status, 403, 'no cookie');
    assert.equal((await send({ form_token: token })).status, 303);
  });

  test('are not taken as JSON', async () => {
    const browser = client();
    const token = tokenOf((await browser.get('/sign-in')).text);
    const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ');
    const answer = await fetch(`${plaza.plaza.address}/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ ...credentials, form_token: token }),
    });
    assert.equal(answer.status, 415);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
  });

  test('lead to no other place', async () => {
    const elsewhere = [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      '/\t/evil.example',
      '/\n//evil.example',
      '/%09/evil.example/..//evil.example',
      '/.//evil.example',
      '/..//evil.example',
      'javascript:alert(1)',
      'data:text/html,x',
      ' https://evil.example',
      'evil.example',
      '/@evil.example:80//x',
    ];
    for (const next of elsewhere) {
      const browser = client();
      const from = `/sign-in?next=${encodeURIComponent(next)}`;
      const { location, status } = await browser.post('/sign-in', { ...credentials, next }, from);
      assert.equal(status, 303);
      const url = new URL(location!, plaza.plaza.origin);
      assert.equal(url.origin, plaza.plaza.origin, `${JSON.stringify(next)} led to ${location}`);
      assert.doesNotMatch(location!, /^\/[/\\]/);
    }
    const browser = client();
    const next = '/settings/account?a=1&b=ü';
    const { location } = await browser.post('/sign-in', { ...credentials, next });
    assert.equal(location, '/settings/account?a=1&b=%C3%BC');
  });

  test('agree only to what was asked of the very person', async () => {
    await plaza.person('bea');
    const app = await registerApp(plaza, OUT_OF_BAND);
    const browser = client();
    await browser.post('/sign-in', credentials);
    const page = (await browser.get(authorizePath(app))).text;
    const [, account] = /name="account" value="([0-9]+)"/.exec(page) ?? [];
    const fields = { account: account!, decision: 'allow', response_type: 'code', scope: 'read' };
    const consent = { ...fields, client_id: app.client_id, redirect_uri: OUT_OF_BAND };
    await browser.post('/sign-in', { login: 'bea', password: TEST_PASSWORD }, '/sign-in?again=1');
    const asOther = await browser.post('/oauth/authorize', consent, authorizePath(app));
    assert.match(asOther.location ?? '', /^\/oauth\/authorize\?client_id=/, 'asked again, as themselves');
    const forged = { ...consent, redirect_uri: 'https://evil.example' };
    assert.equal((await browser.post('/oauth/authorize', forged, authorizePath(app))).status, 400);
  });
});

describe('limits of the pages', () => {
  const starting = Constellation.forTests({ settings: { rateLimits: 'on' } });

  test('so many guesses, and no more', async () => {
    const plaza = await starting;
    const browser = new PageClient(plaza.plaza.address, plaza.plaza.origin);
    const form_token = tokenOf((await browser.get('/sign-in')).text);
    const guess = (index: number) =>
      browser.send('/sign-in', { form_token, login: `nobody_${index}`, password: 'guess' });
    for (let index = 0; index < 25; index++) assert.equal((await guess(index)).status, 401);
    const refused = await guess(26);
    assert.equal(refused.status, 429);
    assert.match(refused.headers.get('retry-after') ?? '', /^[0-9]+$/);
    assert.match(refused.text, /Too many requests/);
    assert.equal((await browser.send('/sign-in/second-factor', { form_token, code: '000000' })).status, 429);
    assert.equal((await browser.send('/reset-password', { form_token, token: 'x', password: 'x' })).status, 429);
  });

  test('so many sign-ups, and no more', async () => {
    const plaza = await starting;
    const browser = new PageClient(plaza.plaza.address, plaza.plaza.origin);
    const form_token = tokenOf((await browser.get('/sign-up')).text);
    const join = () => browser.send('/sign-up', { form_token, username: '', email: '', password: '' });
    for (let index = 0; index < 25; index++) assert.equal((await join()).status, 422);
    assert.equal((await join()).status, 429);
  });
});
