import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import * as OTPAuth from 'otpauth';
import type { Browser } from 'playwright-core';
import { browserForTests } from '#tests/pages/browser.ts';
import type { DemoPlaza } from './support/demo-plaza.ts';
import { demoPlazaForTests, Seat } from './support/seat.ts';
import { VIEWS } from './support/views.ts';

describe('settling in with the browser client', () => {
  const startingPlaza = demoPlazaForTests();
  const startingBrowser = browserForTests();
  let plaza: DemoPlaza;
  let browser: Browser;
  let password: string;
  before(async () => {
    plaza = await startingPlaza;
    browser = await startingBrowser;
    password = plaza.person.password;
  });
  const take = (options: (typeof VIEWS)[number]['options']) =>
    Seat.take(browser, plaza.origin, options, { ...plaza.person, password });

  for (const [index, { name, options }] of VIEWS.entries()) {
    test(`the password is changed by who knows it, and what is wrong is said at its field: ${name}`, async () => {
      const seat = await take(options);
      const { page } = seat;
      await page.goto('/settings/account');
      await page.getByRole('link', { name: /^Password/ }).click();
      await seat.heading('Password');
      await seat.check('password');
      await page.getByLabel('Password until now').fill('not the password');
      await page.getByLabel('New password').fill('several unrelated words here');
      await seat.press('Change the password');
      await page.locator('[name=current_password][aria-invalid=true]').waitFor();
      await seat.check('refused password');
      const next = `several unrelated words ${index}`;
      await page.getByLabel('Password until now').fill(password);
      await page.getByLabel('New password').fill(next);
      await seat.press('Change the password');
      await page.getByText('Your new password is set.', { exact: false }).waitFor();
      password = next;
      await seat.heading('Account');
      refusedOnce(seat);
      await seat.leave();
      const again = await take(options);
      await again.leave();
    });

    test(`a second factor is turned on by a code of its secret and off by the next: ${name}`, async () => {
      const seat = await take(options);
      const { page } = seat;
      await page.goto('/settings/account');
      await page.getByRole('link', { name: /^Second factor/ }).click();
      await seat.heading('Second factor');
      await page.getByLabel('Password').fill(password);
      await seat.press('Continue');
      const secret = (await page.locator('code').textContent())!.replaceAll(' ', '');
      await page.getByAltText(/^QR code/).waitFor();
      await seat.check('secret');
      await page.getByLabel('Code').fill(new OTPAuth.TOTP({ secret }).generate());
      await seat.press('Turn it on');
      await page.getByRole('link', { name: 'I have kept them' }).click();
      await page.goto('/settings/account');
      await page.getByText('On: signing in asks for a code besides your password').waitFor();
      await page.getByRole('link', { name: /^Second factor/ }).click();
      await page.getByLabel('Password').fill(password);
      await page.getByLabel('Code').fill('000000');
      await seat.press('Turn it off');
      await page.locator('[name=code][aria-invalid=true]').waitFor();
      await seat.check('refused code');
      await page.getByLabel('Code').fill(new OTPAuth.TOTP({ secret }).generate({ timestamp: Date.now() + 30_000 }));
      await seat.press('Turn it off');
      await page.getByText('The second factor is off.').waitFor();
      refusedOnce(seat);
      await seat.leave();
    });

    test(`an address is changed at once where no mail is sent, and other browsers are signed out: ${name}`, async () => {
      const seat = await take(options);
      const other = await take(options);
      const { page } = seat;
      await seat.open('/settings/account/email', 'E-mail address');
      await page.getByLabel('New address').fill(`new-${index}@example.com`);
      await page.getByLabel('Password').fill(password);
      await seat.press('Change the address');
      await page.getByText(`Your address is new-${index}@example.com.`).waitFor();
      await seat.open('/settings/sessions', 'Browsers and apps');
      await page.getByText('This browser').waitFor();
      await seat.check('sessions');
      await seat.press('Sign out everything else');
      await page.getByRole('dialog').getByRole('button', { name: 'Sign out', exact: true }).click();
      await page.getByText('Everything else is signed out.').waitFor();
      await other.page.goto('/');
      await other.heading(/^Join /);
      await other.leave();
      await seat.leave();
    });
  }

  test('a handle that cannot be one is refused at its field, and a good one is found from then on', async () => {
    const seat = await take(VIEWS[1].options);
    const { page } = seat;
    await page.goto('/settings/account');
    await page.getByRole('link', { name: /^Handle/ }).click();
    await seat.heading('Handle');
    await seat.check('handle');
    const call = async (handle: string) => {
      await page.getByLabel('New handle').fill(handle);
      await page.getByLabel('Password').fill(password);
      await seat.press('Change the handle');
    };
    await call('no handle at all');
    await page.locator('[name=username][aria-invalid=true]').waitFor();
    await call('called_anew');
    await page.getByText('@called_anew', { exact: false }).first().waitFor();
    await seat.heading('Account');
    await seat.open('/@called_anew', /./);
    await page.getByText('@called_anew', { exact: false }).first().waitFor();
    plaza = { ...plaza, person: { ...plaza.person, username: 'called_anew' } };
    refusedOnce(seat);
    await seat.leave();
  });

  test('whoever leaves for a while is seen by nobody until they sign in again', async () => {
    const seat = await take(VIEWS[0].options);
    const { page } = seat;
    const own = `/@${plaza.person.username}`;
    await seat.open('/settings/account/leave', 'Leave');
    const calm = page.getByRole('region', { name: 'For a while' });
    await calm.getByLabel('Password').fill(password);
    await calm.getByRole('button', { name: 'Deactivate the account' }).click();
    await seat.heading('Sign in');
    await page.getByText('Your account is deactivated.', { exact: false }).waitFor();
    await page.goto(own);
    await seat.heading(/not|gone/i);
    await seat.signIn({ ...plaza.person, password });
    await page.goto(own);
    await page.getByRole('article').first().waitFor();
    refusedOnce(seat);
    await seat.leave();
  });

  test('leaving asks for the handle and the password, and ends everything', async () => {
    const seat = await take(VIEWS[0].options);
    const { page } = seat;
    await seat.open('/settings/account/leave', 'Leave');
    await seat.check('leave');
    const good = page.getByRole('region', { name: 'For good' });
    await good.getByLabel(/^Write /).fill('somebody else');
    await good.getByLabel('Password').fill(password);
    await good.getByRole('button', { name: 'Delete the account' }).click();
    await good.locator('[name=username][aria-invalid=true]').waitFor();
    await good.getByLabel(/^Write /).fill(plaza.person.username);
    await good.getByLabel('Password').fill(password);
    await good.getByRole('button', { name: 'Delete the account' }).click();
    await seat.heading('Sign in');
    await page.getByText('Your account is deleted.').waitFor();
    await page.goto(`/@${plaza.person.username}`);
    await seat.heading(/not|gone/i);
    refusedOnce(seat);
    await seat.leave();
  });
});

/** The browser has said of what was refused that it was: that much, and nothing else. */
function refusedOnce(seat: Seat): void {
  const said = seat.visit.offences.splice(0);
  assert.deepEqual(
    said.filter((line) => !/status of 4(03|04|10|22)/.test(line)),
    [],
  );
}
