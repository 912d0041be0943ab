import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { post } from './support/asking.ts';
import { uploadFields } from './support/pictures.ts';
import { AT_TOP, scrollToPost, topPost } from './support/place.ts';
import { roomForTests } from './support/room.ts';
import { VIEWS } from './support/views.ts';

/** More than two pages. */
const POSTS = 45;
/** Posts with four pictures each: more than are drawn at once. */
const ALBUMS = 12;

describe('what somebody has posted, on their profile', () => {
  const room = roomForTests();
  let path: string;
  before(async () => {
    path = `/@${room.plaza.person.username}`;
    const seat = await room.take(VIEWS[1].options);
    const colors = ['green', 'blue', 'red', 'orange'];
    for (let n = 1; n <= ALBUMS; n++) await post(seat, `Fields ${n}`, { media_ids: await uploadFields(seat, colors) });
    await post(seat, 'Not for all', { media_ids: await uploadFields(seat, ['brown']), sensitive: true });
    for (let n = 1; n <= POSTS; n++) await post(seat, `Thought ${n}`);
    await room.plaza.plaza.drain();
    await seat.leave();
  });

  for (const { name, options } of VIEWS) {
    const take = () => room.take(options);

    test(`posts are read on, and the place in them kept on the way back and through a reload: ${name}`, async () => {
      const seat = await take();
      const { page } = seat;
      await seat.open(path, /./);
      await page.getByRole('article').first().waitFor();
      await scrollToPost(seat, 35);
      await seat.still();
      const place = await topPost(seat);
      await page.locator(`[data-post="${place}"] a:has(time)`).first().click();
      await seat.heading(/^Post by /);
      await page.goBack();
      await seat.until(AT_TOP, place);
      await page.reload();
      await seat.until(AT_TOP, place);
      await scrollToPost(seat, 45);
      await seat.still();
      const further = await topPost(seat);
      await page.locator(`[data-post="${further}"] a:has(time)`).first().click();
      await seat.heading(/^Post by /);
      await page.goBack();
      await seat.until(AT_TOP, further);
      await seat.leave();
    });

    test(`media stand beside each other, are gone through by keys and lead to their posts: ${name}`, async () => {
      const seat = await take();
      const { page } = seat;
      await seat.open(`${path}/media`, /./);
      const grid = page.getByRole('region', { name: /^Media of / });
      const covered = grid.getByRole('link', { name: 'Sensitive pictures' });
      await covered.waitFor();
      assert.equal(await covered.getByRole('img').count(), 0);
      await grid.getByRole('img', { name: 'A green field' }).first().waitFor();
      await seat.check('media');
      assert.ok((await grid.getByRole('link').count()) < ALBUMS * 4, 'what is far away is not drawn');

      await covered.focus();
      await page.keyboard.press('Tab');
      assert.equal(await grid.getByRole('link').nth(1).evaluate(HAS_FOCUS), true);

      await seat.scroll(900);
      await seat.still();
      const place = await page.evaluate('scrollY');
      await page.evaluate(FOCUS_ONE_IN_SIGHT);
      await page.keyboard.press('Enter');
      await seat.heading(/^Post by /);
      await page.getByRole('article').getByRole('img', { name: 'A green field' }).waitFor();
      await page.goBack();
      await seat.until('(place) => scrollY === place', place);
      await seat.until(PICTURES_IN_SIGHT);
      await seat.leave();
    });
  }
});

const HAS_FOCUS = (link: { readonly ownerDocument: { readonly activeElement: unknown } }) =>
  link === link.ownerDocument.activeElement;
const IN_SIGHT = `[...document.querySelectorAll('section a:has(img)')].filter((link) => {
  const { top, bottom } = link.getBoundingClientRect();
  return top > 60 && bottom < innerHeight;
})`;
const FOCUS_ONE_IN_SIGHT = `${IN_SIGHT}[0].focus({ preventScroll: true })`;
const PICTURES_IN_SIGHT = `() => ${IN_SIGHT}.length > 0`;
