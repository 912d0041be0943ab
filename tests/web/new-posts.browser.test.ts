import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { post } from './support/asking.ts';
import { roomForTests } from './support/room.ts';
import { VIEWS } from './support/views.ts';

/** Longer than it takes the client to look for new posts. */
const A_WHILE_MS = 31_000;

describe('posts that come while somebody reads', () => {
  const room = roomForTests();

  for (const { name, options } of VIEWS) {
    test(`are counted where nothing moves, and shown when they are asked for: ${name}`, async () => {
      const seat = await room.take(options);
      const { page } = seat;
      await page.clock.install();
      await page.reload();
      await page.getByRole('article').nth(3).waitFor();
      await seat.scroll(2_000);
      await seat.still();
      const [read, top] = (await page.evaluate(READ)) as [string, number];

      await post(seat, 'First news');
      await post(seat, 'Second news');
      await room.plaza.plaza.drain();
      await page.clock.fastForward(A_WHILE_MS);
      const pill = page.getByRole('button', { name: '2 new posts' });
      await pill.waitFor();
      await seat.still();
      assert.equal(await page.evaluate(`(${TOP_OF})(${JSON.stringify(read)})`), top, 'what is read stays where it is');
      await seat.check('new posts');

      await pill.click();
      await page.getByRole('article').filter({ hasText: 'Second news' }).first().waitFor();
      await seat.until('() => scrollY === 0');
      const first = page.locator('article[aria-posinset="1"]');
      assert.match((await first.textContent()) ?? '', /Second news/);
      await pill.waitFor({ state: 'detached' });
      await seat.leave();
    });
  }
});

const TOP_OF = `(id) => document.querySelector('article[data-post="' + id + '"]').getBoundingClientRect().top`;
/** The first post that begins within the window, and where. */
const READ = `(() => {
  const post = [...document.querySelectorAll('article[data-post]')].find((one) => one.getBoundingClientRect().top > 0);
  return [post.dataset.post, post.getBoundingClientRect().top];
})()`;
