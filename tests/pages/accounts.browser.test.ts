import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import * as OTPAuth from 'otpauth';
import type { Browser } from 'playwright-core';
import { Constellation, TEST_PASSWORD } from '#tests/constellation/constellation.ts';
import { browserForTests, Visit } from './browser.ts';
import { PageClient } from './page-client.ts';

describe('accounts in a browser', () => {
  const startingPlaza = Constellation.forTests();
  const startingBrowser = browserForTests();
  let plaza: Constellation;
  let browser: Browser;
  before(async () => {
    plaza = await startingPlaza;
    browser = await startingBrowser;
  });
  const visit = () => Visit.begin(browser, plaza.plaza.origin);

  test('a form that was refused keeps what was typed, but no password, and says what is wrong beside each field', async () => {
    const one = await visit();
    const { page } = one;
    await page.goto('/sign-up');
    await one.send({ username: 'not a name', email: 'someone@example', password: 'password' }, 'Sign up');
    assert.equal(await page.title(), 'Error: Sign up · Plaza');
    assert.equal(await page.inputValue('[name=username]'), 'not a name');
    assert.equal(await page.inputValue('[name=email]'), 'someone@example');
    assert.equal(await page.inputValue('[name=password]'), '');
    assert.equal(await page.evaluate('document.activeElement.name'), 'username');
    for (const name of ['username', 'email', 'password']) {
      const field = page.locator(`[name=${name}]`);
      assert.equal(await field.getAttribute('aria-invalid'), 'true', name);
      const described = (await field.getAttribute('aria-describedby'))!.split(' ');
      for (const id of described) assert.ok((await page.locator(`#${id}`).textContent())!.length > 5, id);
      assert.ok(described.includes(`field-${name}-error`));
    }
    await one.send({ username: 'typed_well', email: 'someone@example.com', password: TEST_PASSWORD }, 'Sign up');
    assert.equal(await one.heading(), 'Hello, typed_well');
    await one.end();
  });

  test('password managers can tell the fields apart', async () => {
    const one = await visit();
    const autocomplete = async (path: string) => {
      await one.page.goto(path);
      return one.page
        .locator('form input:not([type=hidden])')
        .evaluateAll((fields) =>
          fields.map((field) => `${field.getAttribute('name')}: ${field.getAttribute('autocomplete')}`),
        );
    };
    assert.deepEqual(await autocomplete('/sign-in'), ['login: username', 'password: current-password']);
    const joining = ['username: username', 'email: email', 'password: new-password'];
    assert.deepEqual(await autocomplete('/sign-up'), joining);
    await one.end();
  });

  test('a second factor is asked for after the password, and a recovery code takes its place', async () => {
    const { username } = await plaza.person('totp');
    const owner = new PageClient(plaza.plaza.address, plaza.plaza.origin);
    await owner.post('/sign-in', { login: username, password: TEST_PASSWORD });
    const { body: begun } = await owner.plaza('POST', 'second_factor', { password: TEST_PASSWORD });
    const totp = OTPAuth.URI.parse(begun.uri) as OTPAuth.TOTP;
    const { body: enabled } = await owner.plaza('POST', 'second_factor/enable', { code: totp.generate() });

    const one = await visit();
    const { page } = one;
    await page.goto('/sign-in?next=%2Fsign-out');
    await one.send({ login: username, password: TEST_PASSWORD }, 'Sign in');
    assert.equal(await one.heading(), 'Second factor');
    assert.equal(await page.evaluate('document.activeElement.name'), 'code');
    assert.equal(await page.getAttribute('[name=code]', 'autocomplete'), 'one-time-code');
    await page.goto('/');
    assert.notEqual(await one.heading(), `Hello, ${username}`, 'the password alone opens nothing');
    await page.goto('/sign-in/second-factor?next=%2Fsign-out');
    await one.send({ code: '123' }, 'Continue');
    assert.match((await page.textContent('main')) ?? '', /This code is wrong/);
    await one.send({ code: totp.generate({ timestamp: Date.now() + 30_000 }) }, 'Continue');
    assert.equal(await one.heading(), 'Sign out', 'where they were going');
    await one.end();

    const other = await visit();
    await other.page.goto('/sign-in');
    await other.send({ login: `${username}@example.com`, password: TEST_PASSWORD }, 'Sign in');
    await other.send({ code: enabled.recovery_codes[0] }, 'Continue');
    assert.equal(await other.heading(), `Hello, ${username}`);
    await other.end();
  });
});
