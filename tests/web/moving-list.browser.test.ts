import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { post } from './support/asking.ts';
import { roomForTests } from './support/room.ts';
import { VIEWS } from './support/views.ts';
import { write } from './support/writing.ts';

describe('a list that moves', () => {
  const room = roomForTests();

  for (const { name, options } of VIEWS) {
    test(`shows whoever is at its top what they posted, and keeps the place of whoever is not: ${name}`, async () => {
      const seat = await room.take(options);
      const { page } = seat;
      await page.getByRole('article').nth(3).waitFor();
      const text = await write(seat, `Seen at once, ${name}`);
      await text.press('Control+Enter');
      await page.getByText('Posted.').waitFor();
      await seat.until(FIRST_SAYS, `Seen at once, ${name}`);
      await seat.still();
      assert.equal(await page.evaluate('scrollY'), 0, 'the new post is in sight');

      const second = await write(seat, `Not looked for, ${name}`);
      await second.press('Control+Enter');
      await second.waitFor({ state: 'detached' });
      await seat.scroll(2_000);
      await seat.still();
      const [read, top, position] = (await page.evaluate(READ)) as [string, number, number];
      await page.locator(`[data-post="${read}"][aria-posinset="${position + 1}"]`).waitFor();
      await seat.still();
      assert.equal(await page.evaluate(`(${TOP_OF})(${JSON.stringify(read)})`), top, 'what is read stays');
      await seat.leave();
    });

    test(`keeps a menu that is open, though its post leaves the window, and leads back to the post: ${name}`, async () => {
      const seat = await room.take(options);
      const { page } = seat;
      const id = await post(seat, `With a menu, ${name}`);
      await room.plaza.plaza.drain();
      await page.reload();
      const article = page.locator(`[data-post="${id}"]`);
      await article.getByRole('button', { name: 'More about this post' }).click();
      const entry = page.getByRole('menuitem', { name: 'Copy the link' });
      await entry.waitFor();
      await page.evaluate('scrollTo(0, 4000)');
      await seat.until(SECOND_IS_GONE);
      await seat.still();
      assert.equal(await entry.count(), 1, 'the menu is open');
      await page.evaluate('scrollTo(0, 0)');
      await article.waitFor();
      await seat.check('a menu');
      await page.keyboard.press('Escape');
      await entry.waitFor({ state: 'detached' });
      await seat.until(FOCUS_IN, id);
      await seat.leave();
    });
  }
});

const FIRST_SAYS = `(words) => document.querySelector('article[aria-posinset="1"]')?.textContent.includes(words)`;
/** It stood beside the one with the menu, and is too far away to be drawn. */
const SECOND_IS_GONE = `() => document.querySelector('article[aria-posinset="2"]') === null`;
const FOCUS_IN = `(id) => document.activeElement.closest('article')?.dataset.post === id`;
const TOP_OF = `(id) => document.querySelector('article[data-post="' + id + '"]').getBoundingClientRect().top`;
/** The first post that begins within the window, where, and which of the list it is. */
const READ = `(() => {
  const post = [...document.querySelectorAll('article[data-post]')].find((one) => one.getBoundingClientRect().top > 0);
  return [post.dataset.post, post.getBoundingClientRect().top, Number(post.getAttribute('aria-posinset'))];
})()`;
