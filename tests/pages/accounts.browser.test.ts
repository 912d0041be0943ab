import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import * as OTPAuth from 'otpauth';
import type { Browser } from 'playwright-core';
import { Constellation, TEST_PASSWORD } from '#tests/constellation/constellation.ts';
import { browserForTests, Visit } from './browser.ts';

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

  test('a second factor: set up by its picture, asked for, replaced by a recovery code, and turned off', async () => {
    const { username } = await plaza.person('totp');
    const one = await visit();
    const { page } = one;
    await page.goto('/settings/second-factor');
    await one.send({ login: username, password: TEST_PASSWORD }, 'Sign in');
    assert.equal(await one.heading(), 'Turn the second factor on');
    await one.send({ password: 'a wrong password' }, 'Go on');
    assert.match((await page.textContent('main')) ?? '', /The password is wrong/);
    await one.send({ password: TEST_PASSWORD }, 'Go on');
    assert.ok(await page.evaluate(`document.querySelector('.qr img').naturalWidth > 20`), 'the picture is there');
    const totp = OTPAuth.URI.parse(await page.locator('[name=uri]').inputValue()) as OTPAuth.TOTP;
    assert.equal(totp.secret.base32, await page.textContent('.copy code'));
    await one.send({ code: '000000' }, 'Turn it on');
    assert.match((await page.textContent('main')) ?? '', /The code is wrong/);
    await one.send({ code: totp.generate() }, 'Turn it on');
    const codes = await page.locator('.recovery-codes li').allTextContents();
    assert.equal(codes.length, 10);

    const other = await visit();
    await other.page.goto('/sign-in?next=%2Fsettings%2Fsecurity');
    await other.send({ login: username, password: TEST_PASSWORD }, 'Sign in');
    assert.equal(await other.heading(), 'Second factor');
    assert.equal(await other.page.evaluate('document.activeElement.name'), 'code');
    assert.equal(await other.page.getAttribute('[name=code]', 'autocomplete'), 'one-time-code');
    await other.page.goto('/settings/security');
    assert.equal(await other.heading(), 'Sign in', 'the password alone opens nothing');
    await other.page.goto('/sign-in/second-factor?next=%2Fsettings%2Fsecurity');
    await other.send({ code: '123' }, 'Continue');
    assert.match((await other.page.textContent('main')) ?? '', /This code is wrong/);
    await other.send({ code: totp.generate({ timestamp: Date.now() + 30_000 }) }, 'Continue');
    assert.equal(await other.heading(), 'Security');
    await other.end();

    const third = await visit();
    await third.page.goto('/sign-in');
    await third.send({ login: `${username}@example.com`, password: TEST_PASSWORD }, 'Sign in');
    await third.send({ code: codes[0]! }, 'Continue');
    assert.equal(await third.heading(), `Hello, ${username}`);
    await third.end();

    await page.goto('/settings/second-factor');
    assert.equal(await one.heading(), 'Turn the second factor off');
    await one.send({ password: TEST_PASSWORD, code: codes[1]! }, 'Turn it off');
    assert.match((await page.textContent('main')) ?? '', /The second factor is off/);
    await one.end();
  });

  test('a new password and a new address, each with the password until now', async () => {
    const { username } = await plaza.person('changes');
    const one = await visit();
    await one.page.goto('/settings/password');
    await one.send({ login: username, password: TEST_PASSWORD }, 'Sign in');
    await one.send({ current: 'a wrong password', password: 'quite another sentence 5' }, 'Change it');
    assert.equal(await one.page.evaluate('document.activeElement.name'), 'current');
    await one.send({ current: TEST_PASSWORD, password: 'quite another sentence 5' }, 'Change it');
    assert.match((await one.page.textContent('main')) ?? '', /Your new password is set/);
    await one.page.goto('/settings/email');
    await one.send({ email: 'changed@example.com', password: 'quite another sentence 5' }, 'Change it');
    assert.match((await one.page.textContent('main')) ?? '', /changed@example\.com/);
    await one.page.goto('/sign-out');
    await one.press('Sign out');
    await one.send({ login: 'changed@example.com', password: 'quite another sentence 5' }, 'Sign in');
    assert.equal(await one.heading(), `Hello, ${username}`);
    await one.end();
  });
});
