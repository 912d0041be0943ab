import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { authenticationContract } from '#contracts/services/authentication.ts';
import { Constellation, TEST_PASSWORD } from '#tests/constellation/constellation.ts';
import { authorizePath, OUT_OF_BAND, registerApp, type TestApp } from './authorization.ts';
import { accessibilityFaults, browserForTests, Visit } from './browser.ts';

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 800 };
const LOOKS = [
  { name: 'light on a phone', colorScheme: 'light', viewport: PHONE },
  { name: 'dark on a desk', colorScheme: 'dark', viewport: DESK },
] as const;

/** How far one could scroll sideways. */
const OVERFLOW = '(() => { scrollTo(9999, 0); return scrollX; })()';
/** What a thumb has to hit: buttons and fields of less than 44 pixels. */
const SMALL = `[...document.querySelectorAll('button, .button, input:not([type=hidden]):not([type=checkbox]):not([hidden]), textarea')]
  .filter((element) => element.getBoundingClientRect().height < 44).map((element) => element.outerHTML)`;

describe('how pages look', () => {
  const startingPlaza = Constellation.forTests({ settings: { signup: 'approval' } });
  const startingBrowser = browserForTests();
  let plaza: Constellation;
  let browser: Browser;
  let app: TestApp;
  before(async () => {
    plaza = await startingPlaza;
    browser = await startingBrowser;
    app = await registerApp(plaza, OUT_OF_BAND, {
      client_name: 'An app with a name that goes onandonandonandonandonandon',
    });
  });

  for (const { name, ...look } of LOOKS) {
    test(`everybody can use them: ${name}`, async () => {
      const visit = await Visit.begin(browser, plaza.plaza.origin, look);
      const faults: string[] = [];
      const check = async (path?: string) => {
        if (path !== undefined) await visit.page.goto(path);
        const where = `${await visit.heading()} (${new URL(visit.page.url()).pathname})`;
        for (const fault of await accessibilityFaults(visit.page)) faults.push(`${where}: ${fault}`);
        if ((await visit.page.evaluate(OVERFLOW)) !== 0) faults.push(`${where}: wider than the screen`);
        for (const small of (await visit.page.evaluate(SMALL)) as string[]) faults.push(`${where}: small: ${small}`);
      };
      const public_ = [
        '/',
        '/sign-in',
        '/sign-in?notice=expired',
        '/sign-up',
        '/forgot-password',
        '/reset-password?token=x',
      ];
      for (const path of [
        ...public_,
        '/reset-password',
        '/confirm-email?token=x',
        '/confirm-email',
        '/oauth/authorize',
      ]) {
        await check(path);
      }
      await visit.page.goto('/sign-in');
      await visit.send({ login: 'nobody', password: 'wrong' }, 'Sign in');
      await check();
      await visit.page.goto('/sign-up');
      await visit.send({ username: 'not a name', email: 'x@y', password: 'x', reason: 'Because' }, 'Ask to join');
      await check();
      const username = look.colorScheme;
      await visit.send({ username, email: `${username}@example.com`, password: TEST_PASSWORD }, 'Ask to join');
      await check();
      assert.equal(await visit.heading(), 'Almost there');
      const { services, context } = plaza.plaza.operator;
      const authentication = services.client(authenticationContract);
      const { accounts } = await authentication.listAccounts({ state: 'pending', page: { limit: 40 } }, context());
      await authentication.approve({ accountId: accounts[0]!.accountId }, context());
      for (const path of ['/', '/sign-out']) await check(path);
      await check(authorizePath(app, { scope: 'read write follow push' }));
      await visit.press('Allow');
      await check();
      assert.deepEqual(faults, []);
      await visit.end();
    });
  }

  test('nothing moves once it is shown', async () => {
    const visit = await Visit.begin(browser, plaza.plaza.origin, { viewport: PHONE });
    for (const path of ['/', '/sign-in', '/sign-up']) {
      await visit.page.goto(path, { waitUntil: 'networkidle' });
      const shift = await visit.page.evaluate(
        `new Promise((resolve) => { let sum = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; }).observe({ type: 'layout-shift', buffered: true }); requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum))); })`,
      );
      assert.equal(shift, 0, path);
    }
    await visit.end();
  });

  test('files never change under their address', async () => {
    const { text } = await plaza.api.get('/');
    const addresses = [...text.matchAll(/\/assets\/[^"]+/g)].map(([address]) => address);
    assert.ok(addresses.length >= 2);
    for (const address of new Set(addresses)) {
      const { status, headers } = await plaza.api.get(address);
      assert.equal(status, 200);
      assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable');
    }
  });
});
