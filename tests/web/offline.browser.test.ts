import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { roomForTests } from './support/room.ts';
import { VIEWS } from './support/views.ts';

describe('the browser client without a network', () => {
  const room = roomForTests();

  for (const { name, options } of VIEWS) {
    test(`starts with the last home and says how old it is, until the server answers again: ${name}`, async () => {
      const seat = await room.take(options);
      const { page, visit } = seat;
      await seat.until(KEPT);
      const first = await page.getByRole('article').first().getAttribute('data-post');
      await visit.context.setOffline(true);
      await page.reload();
      await page.getByText(/^No connection. Last updated/).waitFor();
      await page.locator(`article[data-post="${first}"]`).waitFor();
      await seat.until(PICTURES_SHOWN);
      await seat.check('home without a network');
      // A screen that was never opened, in a language that was never shown.
      await seat.open('/settings/appearance', 'Appearance');
      await page.getByRole('radio', { name: 'Deutsch' }).check();
      await seat.heading('Darstellung');
      await page.goto('/');
      await page.getByText(/^Keine Verbindung. Zuletzt/).waitFor();
      await visit.context.setOffline(false);
      await page.getByText(/^Keine Verbindung. Zuletzt/).waitFor({ state: 'detached' });
      await page.locator(`article[data-post="${first}"]`).waitFor();
      // The browser has said of each request that it failed.
      visit.offences.splice(0);
      await seat.leave();
    });
  }

  test('nothing stays in the browser when somebody signs out', async () => {
    const seat = await room.take(VIEWS[0].options);
    const { page } = seat;
    await seat.until(KEPT);
    await seat.open('/settings/appearance', 'Appearance');
    await page.getByRole('radio', { name: 'Dark' }).check();
    await seat.open('/settings', 'Settings');
    await page.getByRole('link', { name: /^Sign out/ }).click();
    await seat.visit.press('Sign out');
    await seat.heading('Sign in');
    await seat.until(NOTHING_KEPT);
    await page.goto('/');
    await seat.heading(/^Join /);
    assert.equal(
      await page.evaluate('document.documentElement.dataset.theme'),
      'dark',
      'how it looks is nobody’s secret',
    );
    await seat.leave();
  });

  test('nothing stays in the browser when the session ended elsewhere', async () => {
    const seat = await room.take(VIEWS[0].options);
    const { page } = seat;
    await seat.until(KEPT);
    await page.evaluate("localStorage.setItem('draft', 'secret'); indexedDB.open('things')");
    const other = await seat.visit.context.newPage();
    await other.goto('/');
    await seat.visit.context.clearCookies();
    await page.goto('/');
    await seat.heading(/^Join /);
    await seat.until(NOTHING_OWN);
    // What was open beside it goes too.
    await other.getByRole('heading', { level: 1, name: /^Join / }).waitFor();
    // And what such a page has kept too late, when the next one opens.
    await other.evaluate("caches.open('plaza-own').then((own) => own.put('/kept/home', new Response('late')))");
    await other.close();
    await page.goto('/');
    await seat.heading(/^Join /);
    await seat.until(NOTHING_OWN);
    await seat.leave();
  });
});

/** Whether the worker serves the page, and the page, the home and its pictures are kept. */
const KEPT = `async () => {
  const own = (await (await caches.open('plaza-own')).keys()).length;
  const pictures = (await (await caches.open('plaza-pictures')).keys()).map(({ url }) => url);
  const shown = [...document.images].filter((one) => one.closest('article') && one.complete).map(({ src }) => src);
  return navigator.serviceWorker.controller !== null && own === 2 && shown.length > 0 && shown.every((src) => pictures.includes(src));
}`;
const PICTURES_SHOWN = `() => {
  const images = [...document.images].filter((one) => one.closest('article') && one.getBoundingClientRect().top < innerHeight);
  return images.length > 0 && images.every((one) => one.complete && one.naturalWidth > 0);
}`;
const NOTHING_OWN = `async () => {
  const caches_ = (await caches.keys()).filter((name) => name !== 'plaza-assets');
  return caches_.length === 0 && localStorage.length === 0 && (await indexedDB.databases()).length === 0;
}`;
const NOTHING_KEPT = `async () => {
  const workers = await navigator.serviceWorker.getRegistrations();
  return workers.length === 0 && (await caches.keys()).length === 0 && localStorage.length === 0;
}`;
