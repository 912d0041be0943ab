import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, post } from './support/asking.ts';
import { roomForTests } from './support/room.ts';
import { VIEWS } from './support/views.ts';

describe('conversations, pictures, filters and keys in the browser client', () => {
  const room = roomForTests();

  // First, since nobody's own posts are filtered for them, and those of the other walks stand on top of the home.
  test('a filter folds or leaves out what holds its words, until it is deleted', async () => {
    const seat = await room.take(VIEWS[1].options);
    const { page } = seat;
    await seat.open('/filters', 'Filters');
    await seat.press('New filter');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Give it a name.').waitFor();
    await page.getByLabel('Name').fill('The letter e');
    await page.getByRole('textbox', { name: 'Word 1' }).fill('e');
    await page.getByLabel('Whole word only').uncheck();
    await seat.check('new filter');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Home', exact: true }).click();
    await page.getByText('Filtered: The letter e').first().waitFor();
    await seat.check('filtered home');
    await page.goBack();
    await seat.press('Delete the filter The letter e');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('The letter e', { exact: true }).waitFor({ state: 'detached' });
    await seat.leave();
  });

  for (const { name, options } of VIEWS) {
    test(`a long conversation is folded, and each post of it can be gone to: ${name}`, async () => {
      const seat = await room.take(options);
      const { page } = seat;
      const root = await post(seat, 'What shall we plant? 🌱');
      for (let n = 1; n <= 33; n++) await post(seat, `Beans ${n}`, { in_reply_to_id: root });
      let last = root;
      for (let n = 1; n <= 12; n++)
        last = await post(seat, `Line ${n} is long enough to stand in two lines on a phone`, { in_reply_to_id: last });
      await seat.open(`/@${room.plaza.person.username}/${root}`, /^Post by /);
      await seat.press('Show 15 more replies');
      await page.getByText('Line 3 is', { exact: false }).waitFor();
      await seat.check('conversation');
      await page.goto(`/@${room.plaza.person.username}/${last}`);
      await page.getByRole('button', { name: 'Show 6 earlier posts' }).waitFor({ state: 'attached' });
      await seat.until(LANDED, last);
      await seat.check('deep in a conversation');
      await seat.leave();
    });

    test(`pictures open, are enlarged and turned over, and give the focus back: ${name}`, async () => {
      const seat = await room.take(options);
      const { page } = seat;
      await page.goto('/public');
      const picture = page.locator('article a[aria-haspopup=dialog]').first();
      while ((await picture.count()) === 0) await seat.scroll(600);
      await seat.still();
      const post = await picture.locator('xpath=ancestor::article').getAttribute('data-post');
      await picture.click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('img').waitFor();
      await seat.check('viewer');
      await dialog.getByRole('button', { name: 'Larger' }).click();
      await seat.until(ENLARGED);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await seat.until(FOCUS_IN, post);
      await seat.leave();
    });
  }

  test('what is gone, or was never there, says so', async () => {
    const seat = await room.take(VIEWS[1].options);
    const gone = await post(seat, 'Soon gone');
    await ask(seat, 'DELETE', `/api/v1/statuses/${gone}`);
    await seat.page.goto(`/@${room.plaza.person.username}/${gone}`);
    await seat.heading('Not found');
    await seat.check('gone');
    // The browser says of the answer that it is none; the page says so to people.
    seat.visit.offences.splice(0);
    await seat.leave();
  });

  test('posts are read and acted on by keys, but not while somebody types', async () => {
    const seat = await room.take(VIEWS[1].options);
    const { page } = seat;
    await page.getByRole('article').nth(3).waitFor();
    await seat.still();
    await page.keyboard.press('j');
    await seat.until(FOCUS_ELSEWHERE, null);
    const first = (await page.evaluate(FOCUSED_POST)) as string;
    await page.keyboard.press('j');
    await seat.until(FOCUS_ELSEWHERE, first);
    await page.keyboard.press('k');
    await seat.until(FOCUS_IN, first);
    const bookmark = page.locator(`[data-post="${first}"] [data-act=bookmark]`);
    const before = await bookmark.getAttribute('aria-pressed');
    await page.keyboard.press('b');
    await seat.until(PRESSED_OTHERWISE, [first, before]);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await seat.check('shortcuts');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await seat.heading('Local');
    await page.keyboard.press('/');
    const field = page.getByRole('searchbox').first();
    await field.fill('');
    await field.press('g');
    await field.press('h');
    assert.equal(await field.inputValue(), 'gh');
    await seat.leave();
  });

  test('a lost connection, too many requests and an ended session are said, wherever one is', async () => {
    const seat = await room.take(VIEWS[0].options);
    const { page } = seat;
    for (const [status, words] of [
      [0, 'No connection.'],
      [429, 'That was a lot at once. It goes on in'],
      [401, 'Your session has ended.'],
    ] as const) {
      const mend = await seat.failing(/\/api\/v1\/(timelines|bookmarks|favourites)/, status);
      await page.goto('/bookmarks');
      await page.getByText(words).waitFor();
      await seat.check(words);
      await mend();
    }
    await seat.leave();
  });
});

const LANDED = `(id) => {
  const top = document.querySelector('article[data-post="' + id + '"]')?.getBoundingClientRect().top;
  return scrollY > 0 && Math.abs(top - document.querySelector('header').offsetHeight) < 3;
}`;
const ENLARGED = `() => new DOMMatrix(getComputedStyle(document.querySelector('[role=dialog] img')).transform).a > 1`;
const FOCUS_IN = `(id) => document.activeElement.closest('article')?.dataset.post === id`;
/** A post has the focus, and not that one. */
const FOCUS_ELSEWHERE = `(id) => {
  const post = document.activeElement.closest('article')?.dataset.post;
  return post !== undefined && post !== id;
}`;
const FOCUSED_POST = 'document.activeElement.closest("article")?.dataset.post';
const PRESSED_OTHERWISE = `([id, before]) =>
  document.querySelector('[data-post="' + id + '"] [data-act=bookmark]').getAttribute('aria-pressed') !== before`;
