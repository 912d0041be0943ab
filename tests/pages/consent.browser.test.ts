import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { Constellation, onEachTransport, TEST_PASSWORD } from '#tests/constellation/constellation.ts';
import { authorizePath, CHALLENGE, exchange, OUT_OF_BAND, registerApp, VERIFIER } from './authorization.ts';
import { browserForTests, Visit } from './browser.ts';

onEachTransport('giving an app access', (calls) => {
  const startingPlaza = Constellation.forTests({ settings: { calls } });
  const startingBrowser = browserForTests();
  const startingApp = appForTests();
  let plaza: Constellation;
  let browser: Browser;
  let origin: string;
  let loopback: string;
  before(async () => {
    plaza = await startingPlaza;
    browser = await startingBrowser;
    loopback = await startingApp;
    origin = plaza.plaza.origin;
  });

  test('signing up on the way, and copying the code', async () => {
    const app = await registerApp(plaza, OUT_OF_BAND);
    const visit = await Visit.begin(browser, origin);
    await visit.page.goto(authorizePath(app));
    assert.equal(await visit.heading(), 'Sign in');
    await visit.page.getByRole('link', { name: 'Sign up' }).click();
    await visit.send(
      { username: `code_${calls}`, email: `code_${calls}@example.com`, password: TEST_PASSWORD },
      'Sign up',
    );
    assert.equal(await visit.heading(), 'Allow this app?');
    assert.match((await visit.page.textContent('main')) ?? '', /A test app.*app\.example.*@code_/s);
    await visit.press('Allow');
    assert.match(visit.page.url(), /\/oauth\/authorize\/native\?code=/);
    const code = await visit.page.inputValue('input.oauth-code');
    const token = await exchange(plaza, app, code);
    assert.equal(token.status, 200);
    const me = await plaza.api.withToken(token.body.access_token).get('/api/v1/accounts/verify_credentials');
    assert.equal(me.body.username, `code_${calls}`);
    // Nobody can be made to copy the code of a stranger.
    assert.equal((await visit.page.goto('/oauth/authorize/native?code=of-a-stranger'))?.status(), 404);
    await visit.end();
  });

  test('going back to an app on this machine, with PKCE and its state', async () => {
    const app = await registerApp(plaza, loopback);
    const { username } = await plaza.person(`loop_${calls}`);
    const visit = await Visit.begin(browser, origin);
    const state = 'a b&c=d/ü"<';
    const pkce = { code_challenge: CHALLENGE, code_challenge_method: 'S256' };
    await visit.page.goto(authorizePath(app, { state, ...pkce }));
    await visit.send({ login: username, password: TEST_PASSWORD }, 'Sign in');
    await visit.press('Allow');
    const back = new URL(visit.page.url());
    assert.equal(`${back.origin}${back.pathname}`, loopback.split('?')[0]);
    assert.equal(back.searchParams.get('kept'), '1');
    assert.equal(back.searchParams.get('state'), state);
    const code = back.searchParams.get('code')!;
    assert.equal((await exchange(plaza, app, code, { code_verifier: `${VERIFIER}x` })).body.error, 'invalid_grant');
    await visit.page.goto(authorizePath(app, pkce));
    await visit.press('Allow');
    const second = new URL(visit.page.url()).searchParams.get('code')!;
    assert.equal((await exchange(plaza, app, second, { code_verifier: VERIFIER })).status, 200);
    await visit.end();
  });

  test('denying', async () => {
    const app = await registerApp(plaza, loopback);
    const { username } = await plaza.person(`deny_${calls}`);
    const visit = await Visit.begin(browser, origin);
    await visit.page.goto(authorizePath(app, { state: 's' }));
    await visit.send({ login: username, password: TEST_PASSWORD }, 'Sign in');
    await visit.press('Deny');
    const back = new URL(visit.page.url());
    assert.equal(back.host, new URL(loopback).host);
    assert.deepEqual(
      ['error', 'state', 'code'].map((name) => back.searchParams.get(name)),
      ['access_denied', 's', null],
    );
    await visit.end();
  });

  test('with the keyboard alone', async () => {
    const app = await registerApp(plaza, OUT_OF_BAND);
    const { username } = await plaza.person(`keys_${calls}`);
    const visit = await Visit.begin(browser, origin);
    const { keyboard } = visit.page;
    await visit.page.goto(authorizePath(app));
    await tabTo(visit, '[name=login]');
    await keyboard.type(username);
    await keyboard.press('Tab');
    await keyboard.type('a wrong password');
    await keyboard.press('Enter');
    await visit.page.waitForSelector('[aria-invalid=true]');
    assert.equal(await visit.page.evaluate('document.activeElement.name'), 'password', 'the first error has the focus');
    await keyboard.type(TEST_PASSWORD);
    await keyboard.press('Enter');
    await visit.page.waitForSelector('[name=decision]');
    await tabTo(visit, '[name=decision][value=allow]');
    assert.notEqual(
      await visit.page.evaluate('getComputedStyle(document.activeElement).outlineStyle'),
      'none',
      'what has the focus can be seen',
    );
    await keyboard.press('Enter');
    await visit.page.waitForSelector('input.oauth-code');
    assert.equal(await visit.page.evaluate('document.activeElement.className'), 'oauth-code');
    await visit.end();
  });
});

/** An app that listens on this machine, as those of a command line do; its address. */
async function appForTests(): Promise<string> {
  const server = createServer((_request, response) => response.end('back in the app'));
  after(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback?kept=1`;
}

/** Presses Tab until an element has the focus. */
async function tabTo(visit: Visit, selector: string): Promise<void> {
  for (let presses = 0; presses < 30; presses++) {
    if (await visit.page.evaluate(`document.activeElement.matches('${selector}')`)) return;
    await visit.page.keyboard.press('Tab');
  }
  assert.fail(`no Tab leads to ${selector}`);
}

describe('an app that listens to a scheme of its own', () => {
  const startingPlaza = Constellation.forTests();
  const startingBrowser = browserForTests();

  test('is reached after consent', async () => {
    const plaza = await startingPlaza;
    const browser = await startingBrowser;
    const app = await registerApp(plaza, 'test-app://done');
    const { username } = await plaza.person('scheme');
    const visit = await Visit.begin(browser, plaza.plaza.origin);
    await visit.page.goto(authorizePath(app));
    await visit.send({ login: username, password: TEST_PASSWORD }, 'Sign in');
    const answered = visit.page.waitForResponse((response) => response.request().method() === 'POST');
    await visit.page.getByRole('button', { name: 'Allow' }).click({ noWaitAfter: true });
    const location = await (await answered).headerValue('location');
    assert.match(location ?? '', /^test-app:\/\/done\?code=/);
    // The policy lets the browser go there; that nothing of this machine answers to the scheme is not its fault.
    assert.deepEqual(
      visit.offences.filter((offence) => /Security Policy|form-action/i.test(offence)),
      [],
    );
    await visit.context.close();
  });
});
