import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { Constellation, TEST_PASSWORD } from '#tests/constellation/constellation.ts';
import { authorizePath, OUT_OF_BAND, registerApp } from './authorization.ts';
import { browserForTests, Visit } from './browser.ts';
import { HOSTILE_TEXTS } from './hostile-text.ts';

/** The kinds of elements of a page: hostile text must add none. */
const SHAPE = `[...document.querySelectorAll('*')].map((element) => element.tagName).join(' ')`;
/** Nothing that could run or lead away: handlers, scripts, foreign addresses. */
const DANGERS = `[...document.querySelectorAll('*')].flatMap((element) => [
  ...(['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'BASE', 'STYLE'].includes(element.tagName) ? [element.outerHTML] : []),
  ...[...element.attributes].filter(({ name, value }) => name.startsWith('on') || /^\\s*javascript:/i.test(value) || (name === 'http-equiv')).map(({ name, value }) => name + '=' + value),
])`;

/** All texts, several at a time, each time at most so many characters. */
function chunks(maxLength: number): string[] {
  const joined: string[] = [''];
  for (const text of HOSTILE_TEXTS) {
    if (joined.at(-1)!.length + text.length > maxLength) joined.push('');
    joined[joined.length - 1] += text;
  }
  return joined;
}

describe('hostile text on the pages', () => {
  const title = `Plaza ${HOSTILE_TEXTS[3]}`;
  const description = HOSTILE_TEXTS.slice(0, 16).join(' ').slice(0, 900);
  const startingPlaza = Constellation.forTests({ settings: { title, description } });
  const startingBrowser = browserForTests();
  let plaza: Constellation;
  let browser: Browser;
  before(async () => {
    plaza = await startingPlaza;
    browser = await startingBrowser;
  });

  async function harmless(visit: Visit, what: string): Promise<void> {
    assert.deepEqual(await visit.page.evaluate(DANGERS), [], what);
    assert.equal(await visit.page.evaluate(`document.querySelectorAll('main').length`), 1, what);
    assert.equal(new URL(visit.page.url()).origin, plaza.plaza.origin, what);
  }

  test('of the operator: title and description', async () => {
    const visit = await Visit.begin(browser, plaza.plaza.origin);
    await visit.page.goto('/');
    await harmless(visit, 'landing');
    assert.equal(await visit.page.textContent('.lead'), description);
    assert.equal(await visit.page.textContent('.brand span'), title);
    await visit.end();
  });

  test('of an app: its name, its website, its state', async () => {
    const { username } = await plaza.person('reader');
    const visit = await Visit.begin(browser, plaza.plaza.origin);
    await visit.page.goto('/sign-in');
    await visit.send({ login: username, password: TEST_PASSWORD }, 'Sign in');
    let shape: unknown;
    for (const text of HOSTILE_TEXTS) {
      const website = `https://app.example/${text.replace(/\s/g, '')}`;
      const made = await plaza.api.post('/api/v1/apps', {
        client_name: text,
        website,
        redirect_uris: OUT_OF_BAND,
        scopes: 'read',
      });
      // Some of them are refused as a name or a website, which is as good.
      if (made.status !== 200) continue;
      const app = { ...made.body, redirect_uri: OUT_OF_BAND };
      await visit.page.goto(authorizePath(app, { state: text, scope: 'read' }));
      assert.equal(await visit.heading(), 'Allow this app?', text);
      await harmless(visit, text);
      shape ??= await visit.page.evaluate(SHAPE);
      assert.equal(await visit.page.evaluate(SHAPE), shape, text);
      if (!text.includes('\0')) assert.equal(await visit.page.inputValue('[name=state]'), text);
    }
    assert.ok(shape, 'some names were shown');
    await visit.end();
  });

  test('of an address: where to go next, names, notices and tokens', async () => {
    await registerApp(plaza, OUT_OF_BAND);
    const visit = await Visit.begin(browser, plaza.plaza.origin);
    const places = [
      '/sign-in?next=',
      '/sign-in?notice=',
      '/sign-up?next=',
      '/sign-up?invite=',
      '/reset-password?token=',
    ];
    places.push('/confirm-email?token=', '/oauth/authorize?client_id=', '/oauth/authorize/native?code=');
    for (const place of places) {
      const values = place.endsWith('next=') ? HOSTILE_TEXTS.flatMap((text) => [text, `/${text}`]) : chunks(90);
      for (const value of values) {
        await visit.page.goto(place + encodeURIComponent(value));
        await harmless(visit, place + value);
      }
    }
    await visit.end();
  });

  test('of a form: what was typed comes back as text', async () => {
    const visit = await Visit.begin(browser, plaza.plaza.origin);
    for (const text of chunks(90)) {
      if (/[\0\u2028]/.test(text)) continue;
      await visit.page.goto('/sign-up');
      await visit.page.locator('form').evaluate((form) => form.setAttribute('novalidate', ''));
      await visit.page.locator('[name=username]').evaluate((field) => field.removeAttribute('maxlength'));
      await visit.send({ username: text, email: 'x', password: 'x' }, 'Sign up');
      await harmless(visit, text);
      assert.equal(await visit.page.inputValue('[name=username]'), text);
    }
    await visit.end();
  });
});
