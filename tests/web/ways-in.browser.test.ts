import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as OTPAuth from 'otpauth';
import type { Browser } from 'playwright-core';
import { freePort } from '#platform/lifecycle/free-port.ts';
import { catchMail } from '#services/authentication/testing-mail.ts';
import { openProvider } from '#services/authentication/testing-oidc.ts';
import { browserForTests } from '#tests/pages/browser.ts';
import { ask } from './support/asking.ts';
import { type DemoPlaza, startDemoPlaza } from './support/demo-plaza.ts';
import { Seat } from './support/seat.ts';
import { VIEWS } from './support/views.ts';

const FIRST = 'four windy harbours';
const SECOND = 'nine patient lanterns';

describe('ways into the browser client', () => {
  const leaving: (() => unknown)[] = [];
  const startingPlaza = start(leaving);
  const startingBrowser = browserForTests();
  let plaza: DemoPlaza;
  let mails: Awaited<ReturnType<typeof start>>['mails'];
  let people: Awaited<ReturnType<typeof start>>['people'];
  let browser: Browser;
  after(async () => {
    for (const leave of leaving.reverse()) await leave();
  });
  before(async () => {
    ({ plaza, mails, people } = await startingPlaza);
    browser = await startingBrowser;
  });

  /** The path of the link in the last mail to somebody. */
  async function mailedLink(email: string): Promise<string> {
    await plaza.plaza.drain();
    const mail = mails.findLast(({ to }) => to === email);
    const [, path] = new RegExp(`${plaza.origin}(/\\S+)`).exec(mail?.text ?? '') ?? [];
    assert.ok(path, 'no link in the mail');
    return path;
  }

  for (const [index, { name, options }] of VIEWS.entries()) {
    test(`somebody signs up, confirms the address, forgets the password, and is back in with a new one: ${name}`, async () => {
      const seat = await Seat.take(browser, plaza.origin, options);
      const { page, visit } = seat;
      const username = `ida_${index}`;
      const email = `${username}@example.com`;
      await seat.open('/', /^Join /);
      await page.getByRole('link', { name: 'Sign up' }).first().click();
      await seat.heading('Sign up');
      await seat.check('sign-up');
      await visit.send({ username, email, password: FIRST }, 'Sign up');
      await seat.heading('Confirm your address');
      await seat.check('unconfirmed');
      await page.goto(await mailedLink(email));
      await visit.press('Yes, confirm');
      await seat.heading('Your address is confirmed');
      await page.getByRole('link', { name: 'Go on' }).click();
      await seat.heading('Home');

      await page.goto('/sign-out');
      await visit.press('Sign out');
      await seat.heading('Sign in');
      await page.getByRole('link', { name: /forgot/i }).click();
      await seat.check('forgotten');
      await visit.send({ email }, 'Send the mail');
      await seat.heading('Look into your mail');
      await page.goto(await mailedLink(email));
      await seat.heading('Choose a new password');
      await seat.check('new password');
      await visit.send({ password: 'short' }, 'Set the password');
      await page.locator('[name=password][aria-invalid=true]').waitFor();
      await visit.send({ password: SECOND }, 'Set the password');
      await seat.heading('Sign in');
      await visit.send({ login: username, password: FIRST }, 'Sign in');
      await page.locator('[name=password][aria-invalid=true]').waitFor();
      await seat.check('refused');
      await seat.signIn({ username, password: SECOND });
      await seat.leave();
    });

    test(`somebody new comes by another place, picks a name, and comes back: ${name}`, async () => {
      const subject = `grace${index}`;
      people.set(subject, { email: `${subject}@example.com`, email_verified: true, preferred_username: subject });
      for (const isNew of [true, false]) {
        const seat = await Seat.take(browser, plaza.origin, options);
        const { page, visit } = seat;
        await page.goto('/sign-in');
        await page.getByRole('link', { name: /The other place/ }).click();
        await page.fill('[name=login]', subject);
        await page.fill('[name=password]', 'x');
        await page.getByRole('button', { name: /sign-in/i }).click();
        await page.getByRole('button', { name: /continue/i }).click();
        if (isNew) {
          await seat.heading('Choose a username');
          await seat.check('a name');
          await visit.send({ username: `${subject}_h` }, 'Sign up');
        }
        await seat.heading('Home');
        // What the other place says on its own pages is its own affair.
        visit.offences.splice(0);
        await seat.leave();
      }
    });

    test(`a second factor is asked for, and a recovery code takes its place: ${name}`, async () => {
      const seat = await Seat.take(browser, plaza.origin, options, plaza.person);
      const { page, visit } = seat;
      const { password } = plaza.person;
      const { secret } = await ask<Secret>(seat, 'POST', '/api/plaza/v1/second_factor', { password });
      const code = new OTPAuth.TOTP({ secret }).generate();
      const { recovery_codes } = await ask<Codes>(seat, 'POST', '/api/plaza/v1/second_factor/enable', { code });
      await page.goto('/sign-out');
      await visit.press('Sign out');
      await visit.send({ login: plaza.person.username, password }, 'Sign in');
      await seat.heading('Second factor');
      await seat.check('second factor');
      await visit.send({ code: '000000' }, 'Continue');
      await page.locator('[name=code][aria-invalid=true]').waitFor();
      await visit.send({ code: recovery_codes[0]! }, 'Continue');
      await seat.heading('Home');
      const proof = { password, code: recovery_codes[1] };
      await ask(seat, 'POST', '/api/plaza/v1/second_factor/disable', proof);
      await seat.leave();
    });
  }
});

interface Secret {
  readonly secret: string;
}

interface Codes {
  readonly recovery_codes: readonly string[];
}

/** A Plaza that sends mail, and knows another place to sign in with. */
async function start(leaving: (() => unknown)[]) {
  const t = { after: (leave?: unknown) => void leaving.push(leave as () => unknown) };
  const port = await freePort('127.0.0.1');
  const { mails, url } = await catchMail(t);
  const { people, oidc } = await openProvider(t, `http://localhost:${port}/sign-in/social/callback`);
  const plaza = await startDemoPlaza(
    {},
    {
      PLAZA_PORT: String(port),
      PLAZA_SMTP_URL: url,
      PLAZA_SMTP_FROM: 'Plaza <plaza@example.com>',
      PLAZA_OIDC_ISSUER: oidc.issuer,
      PLAZA_OIDC_CLIENT_ID: oidc.clientId,
      PLAZA_OIDC_CLIENT_SECRET: oidc.clientSecret,
      PLAZA_OIDC_NAME: oidc.name,
    },
  );
  leaving.push(() => plaza.remove());
  return { plaza, mails, people };
}
