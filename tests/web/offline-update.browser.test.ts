import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { browserForTests } from '#tests/pages/browser.ts';
import { newerClient } from './support/newer-client.ts';
import { demoPlazaForTests, Seat } from './support/seat.ts';
import { VIEWS } from './support/views.ts';
import { compose, holds, write } from './support/writing.ts';

describe('a newer browser client', () => {
  const startingPlaza = demoPlazaForTests();
  const startingBrowser = browserForTests();
  const makingNewer = newerClient();
  after(async () => (await makingNewer).remove());

  test('is offered to open pages, which go on until somebody takes it, and loses nothing that is written', async () => {
    const [plaza, browser, newer] = [await startingPlaza, await startingBrowser, await makingNewer];
    const seat = await Seat.take(browser, plaza.origin, VIEWS[0].options, plaza.person);
    const desk = await Seat.take(browser, plaza.origin, VIEWS[1].options, plaza.person);
    for (const one of [seat, desk]) await one.until(CONTROLLED);
    await write(seat, 'Written across two versions');
    await seat.press('Close');
    const before = await firstFile(seat);
    await plaza.restart(newer.folder);
    for (const one of [seat, desk]) {
      // The browser looks by itself, at times of its own.
      await one.page.evaluate('navigator.serviceWorker.getRegistration().then((own) => own.update()).then(() => 0)');
      await one.page.getByText('There is a new version.').waitFor();
      await one.check('an update');
      assert.equal(await firstFile(one), before, 'nothing happens before somebody says so');
      // A screen that this page has not opened yet is still there, from its own build.
      await one.page
        .getByRole('link', { name: /^(Search|More)$/ })
        .first()
        .click();
      await one.heading(/Search|More/);
      await one.press('Reload');
      await one.page.locator('script[type=module][src*="/newer-main-"]').waitFor({ state: 'attached' });
      await one.heading(/Search|More/);
    }
    await seat.open('/', 'Home');
    await compose(seat);
    await holds(seat, 'Written across two versions');
    for (const one of [seat, desk]) {
      // The streams that were open when the server went.
      one.visit.offences.splice(0);
      await one.leave();
    }
  });
});

const CONTROLLED = '() => navigator.serviceWorker.controller !== null';

function firstFile(seat: Seat): Promise<string | null> {
  return seat.page.evaluate("document.querySelector('script[type=module]').src");
}
