import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { post } from './support/asking.ts';
import { roomForTests } from './support/room.ts';
import { VIEWS } from './support/views.ts';

/** Every screen that reads something, beside those of one person and one post. */
const SCREENS = [
  '/',
  '/public',
  '/tags/morning',
  '/search?q=morning',
  '/lists',
  '/favourites',
  '/bookmarks',
  '/filters',
  '/drafts',
  '/scheduled',
  '/follow-requests',
  '/blocks',
  '/mutes',
  '/settings/account',
  '/settings/account/email',
  '/settings/account/second-factor',
  '/settings/account/leave',
  '/settings/sessions',
];

const API = /\/api\/(v1|v2|plaza)\//;

const FAILURES = [
  { name: 'fails', status: 503, words: 'The server could not answer just now.' },
  { name: 'has had enough', status: 429, words: 'That was a lot at once.' },
  { name: 'is gone', status: 0, words: 'No connection.' },
] as const;

describe('every screen', () => {
  const room = roomForTests();

  test('says that it loads while the API is slow, and comes when it answers', async () => {
    const seat = await room.take({ ...VIEWS[0].options, serviceWorkers: 'block' });
    const { page } = seat;
    const silent: string[] = [];
    for (const path of [...SCREENS, `/@${room.plaza.person.username}`]) {
      const held = Promise.withResolvers<void>();
      await page.route(API, async (route) => {
        await held.promise;
        await route.continue().catch(() => {});
      });
      await page.goto(path);
      const loading = page.getByText('Loading', { exact: false }).first();
      if (!(await shows(loading.waitFor({ state: 'attached' })))) silent.push(path);
      held.resolve();
      await loading.waitFor({ state: 'detached' });
      await page.unroute(API);
    }
    assert.deepEqual(silent, []);
    await seat.open('/', 'Home');
    await page.getByRole('article').first().waitFor();
    // Said of the worker alone, which this browser was kept from starting.
    const said = seat.visit.offences.splice(0).filter((line) => !/Service Worker|reading 'waiting'/.test(line));
    assert.deepEqual(said, []);
    await seat.leave();
  });

  for (const [index, { name, status, words }] of FAILURES.entries()) {
    test(`says so where the API ${name}, and comes when it answers again`, async () => {
      // What the worker of an installed client keeps has walks of its own.
      const seat = await room.take({ ...VIEWS[index % VIEWS.length]!.options, serviceWorkers: 'block' });
      const { page } = seat;
      const own = `/@${room.plaza.person.username}`;
      const id = await post(seat, `Where the API ${name}`);
      const silent: string[] = [];
      const stuck: string[] = [];
      for (const path of [...SCREENS, own, `${own}/media`, `${own}/followers`, `${own}/following`, `${own}/${id}`]) {
        const mend = await seat.failing(API, status);
        await page.goto(path);
        const said = page.getByText(words, { exact: false }).first();
        if (!(await shows(said.waitFor()))) silent.push(path);
        await seat.check(`${path} where the API ${name}`);
        await mend();
        const retry = page.getByRole('button', { name: 'Try again' });
        for (let left = (await retry.count()) + 1; left > 0 && (await retry.count()) > 0; left--) {
          await retry.first().click();
          await seat.still();
        }
        await page.evaluate("dispatchEvent(new Event('online'))");
        if (!(await shows(page.getByRole('alert').first().waitFor({ state: 'detached' })))) stuck.push(path);
      }
      assert.deepEqual({ silent, stuck }, { silent: [], stuck: [] });
      await seat.leave();
    });
  }
});

const shows = (waiting: Promise<void>) =>
  waiting.then(
    () => true,
    () => false,
  );
