import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Constellation, TEST_PASSWORD } from '#tests/constellation/constellation.ts';
import { authorizePath, CHALLENGE, exchange, OUT_OF_BAND, registerApp, type TestApp } from './authorization.ts';
import { PageClient } from './page-client.ts';

const CALLBACK = 'https://app.example/back?kept=1';

describe('the authorization server', () => {
  const starting = Constellation.forTests();
  let plaza: Constellation;
  let app: TestApp;
  let browser: PageClient;
  before(async () => {
    plaza = await starting;
    app = await registerApp(plaza, CALLBACK);
    await plaza.person('ada');
    browser = new PageClient(plaza.plaza.address, plaza.plaza.origin);
    await browser.post('/sign-in', { login: 'ada', password: TEST_PASSWORD });
  });

  test('says what it can do', async () => {
    const { body } = await plaza.api.get('/.well-known/oauth-authorization-server');
    const { origin } = plaza.plaza;
    assert.equal(body.issuer, `${origin}/`);
    assert.equal(body.authorization_endpoint, `${origin}/oauth/authorize`);
    assert.equal(body.token_endpoint, `${origin}/oauth/token`);
    assert.equal(body.revocation_endpoint, `${origin}/oauth/revoke`);
    assert.deepEqual(body.code_challenge_methods_supported, ['S256']);
  });

  test('tells an app at its own address what is wrong with its question, once the person goes there', async () => {
    const wrong: Record<string, [Record<string, string>, string]> = {
      scope: [{ scope: 'read nonsense' }, 'invalid_scope'],
      'a scope that was not registered': [{ scope: 'admin:write' }, 'invalid_scope'],
      response_type: [{ response_type: 'token' }, 'unsupported_response_type'],
      'a plain challenge': [{ code_challenge: CHALLENGE, code_challenge_method: 'plain' }, 'invalid_request'],
      'a broken challenge': [{ code_challenge: 'short' }, 'invalid_request'],
    };
    for (const [what, [change, error]] of Object.entries(wrong)) {
      const visitors = [browser, new PageClient(plaza.plaza.address, plaza.plaza.origin)];
      let way = '';
      for (const visitor of visitors) {
        const { status, location, text } = await visitor.get(authorizePath(app, { state: 'ä&', ...change }));
        // Nobody is sent away without having said so: anybody can register an app with any address.
        assert.deepEqual([status, location], [400, null], what);
        assert.match(text, /This app asks in a wrong way/);
        way = /href="(https:[^"]*)"[^>]*>Back to <bdi>app\.example</.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';
      }
      assert.ok(way.startsWith(`${CALLBACK}&`), what);
      const told = new URL(way).searchParams;
      assert.deepEqual([told.get('error'), told.get('state')], [error, 'ä&'], what);
    }
  });

  test('sends nobody to an address that the app did not register', async () => {
    const strangers = [
      'https://evil.example/',
      `${CALLBACK}/more`,
      CALLBACK.slice(0, -1),
      `${CALLBACK}#fragment`,
      'https://app.example@evil.example/back?kept=1',
      'HTTPS://APP.EXAMPLE/back?kept=1',
      OUT_OF_BAND,
      '',
    ];
    for (const redirect_uri of strangers) {
      const changes: Record<string, string>[] = [{}, { scope: 'nonsense' }, { response_type: 'x' }];
      for (const change of changes) {
        const { status, location, text } = await browser.get(authorizePath(app, { redirect_uri, ...change }));
        assert.deepEqual([status, location], [400, null], redirect_uri);
        assert.match(text, /This app asks in a wrong way/);
      }
    }
    const { status, location } = await browser.get(authorizePath({ ...app, client_id: 'unknown' }));
    assert.deepEqual([status, location], [400, null]);
    assert.equal((await browser.get('/oauth/authorize')).status, 400);
    assert.equal((await browser.get(authorizePath(app, { state: 'x'.repeat(2_001) }))).status, 413);
  });

  test('asks again for the password where the app wants that', async () => {
    const { location } = await browser.get(authorizePath(app, { force_login: 'true', state: 's' }));
    assert.match(location ?? '', /^\/sign-in\?again=1&next=/);
    const page = await browser.get(location!);
    assert.equal(page.status, 200);
    assert.match(page.text, /<h1>Sign in<\/h1>/);
    const next = new URL(location!, plaza.plaza.origin).searchParams.get('next')!;
    assert.doesNotMatch(next, /force_login/);
    assert.match(next, /state=s/);
  });

  test('lets the form lead to the address of the app and nowhere else', async () => {
    const formAction = async (redirectUri: string) => {
      const one = await registerApp(plaza, redirectUri);
      const { headers } = await browser.get(authorizePath(one));
      return /form-action ([^;]*)/.exec(headers.get('content-security-policy') ?? '')?.[1];
    };
    assert.equal(await formAction('https://app.example:8443/a/b?c'), "'self' https://app.example:8443");
    assert.equal(await formAction('http://127.0.0.1:4711/cb'), "'self' http://127.0.0.1:4711");
    assert.equal(await formAction('http://[::1]:4711/cb'), "'self' http:");
    assert.equal(await formAction('com.example.app:/done'), "'self' com.example.app:");
    assert.equal(await formAction('my-app://x;y,z'), "'self' my-app:");
    assert.equal(await formAction("https://a;script-src'*'.example/"), "'self' https:");
    assert.equal(await formAction(OUT_OF_BAND), "'self'");
  });

  async function code(): Promise<string> {
    const page = (await browser.get(authorizePath(app))).text;
    const account = /name="account" value="([0-9]+)"/.exec(page)![1]!;
    const fields = { account, decision: 'allow', response_type: 'code', scope: 'read write' };
    const consent = { ...fields, client_id: app.client_id, redirect_uri: CALLBACK };
    const { location } = await browser.post('/oauth/authorize', consent, authorizePath(app));
    return new URL(location!).searchParams.get('code')!;
  }

  test('knows apps by Basic authorization too', async () => {
    const basic = (id: string, secret: string) => ({
      authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
    });
    const grant = { grant_type: 'authorization_code', redirect_uri: CALLBACK };
    const form = new URLSearchParams({ ...grant, code: await code() });
    const { client_id, client_secret } = app;
    const wrong = await plaza.api.send('POST', '/oauth/token', form, basic(client_id, 'wrong'));
    assert.deepEqual([wrong.status, wrong.body.error], [401, 'invalid_client']);
    assert.equal(wrong.headers.get('www-authenticate'), 'Basic realm="Plaza"');
    const two = await plaza.api.post(
      '/oauth/token',
      { ...grant, client_id: 'other', code: 'x' },
      basic(client_id, client_secret),
    );
    assert.deepEqual([two.status, two.body.error], [400, 'invalid_request']);
    const right = await plaza.api.send('POST', '/oauth/token', form, basic(client_id, client_secret));
    assert.equal(right.status, 200);
    assert.deepEqual(Object.keys(right.body).sort(), ['access_token', 'created_at', 'scope', 'token_type']);
    assert.match(right.headers.get('cache-control') ?? '', /no-store/);
  });

  test('takes a code once, from its app, for its address', async () => {
    const other = await registerApp(plaza, CALLBACK);
    const given = await code();
    const refused = async (from: TestApp, change: Record<string, string> = {}) =>
      (await exchange(plaza, from, given, change)).body.error;
    assert.equal(await refused(other), 'invalid_grant');
    const second = await code();
    const token = await exchange(plaza, app, second);
    assert.equal(token.status, 200);
    assert.equal((await exchange(plaza, app, second)).body.error, 'invalid_grant');
    assert.equal((await exchange(plaza, app, '')).status, 400);
    assert.equal((await plaza.api.post('/oauth/token', { ...app, code: 'x' })).body.error, 'invalid_request');
    const odd = await plaza.api.post('/oauth/token', { ...app, code: 'x', grant_type: 'password' });
    assert.deepEqual([odd.status, odd.body.access_token], [400, undefined]);
  });

  test('ends a token for the app that has it', async () => {
    const { access_token: token } = (await exchange(plaza, app, await code())).body;
    const other = await registerApp(plaza, CALLBACK);
    const revoke = (by: TestApp, change: Record<string, string> = {}) =>
      plaza.api.send('POST', '/oauth/revoke', new URLSearchParams({ ...by, token, ...change }), {});
    assert.equal((await revoke(other)).status, 403);
    assert.equal((await revoke(app, { client_secret: 'wrong' })).status, 401);
    assert.equal((await plaza.api.withToken(token).get('/api/v1/accounts/verify_credentials')).status, 200);
    assert.equal((await revoke(app)).status, 200);
    assert.equal((await plaza.api.withToken(token).get('/api/v1/accounts/verify_credentials')).status, 401);
    assert.equal((await revoke(app)).status, 200, 'a token that is over is no error');
  });
});
