import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { post } from './support/asking.ts';
import { uploadFields } from './support/pictures.ts';
import { roomForTests } from './support/room.ts';
import type { Seat } from './support/seat.ts';
import { VIEWS } from './support/views.ts';

describe('what a post says', () => {
  const room = roomForTests();

  // First, since nobody's own posts are filtered for them, and those of the other walks stand on top of the home.
  test('is not in the home at all where a filter leaves it out, and is there again without the filter', async () => {
    const seat = await room.take(VIEWS[0].options);
    const { page } = seat;
    const foreign = page.getByRole('article').filter({ hasNotText: `@${room.plaza.person.username}` });
    await foreign.first().waitFor();
    const id = await foreign.first().getAttribute('data-post');
    const word = /\p{L}{6,}/u.exec((await textOf(seat, id!).textContent())!)![0];
    await seat.open('/filters', 'Filters');
    await seat.press('New filter');
    await page.getByLabel('Name').fill('Not now');
    await page.getByRole('textbox', { name: 'Word 1' }).fill(word);
    await page.getByRole('radio', { name: 'Left out' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.goto('/');
    await page.getByRole('article').first().waitFor();
    await seat.still();
    assert.equal(await page.locator(`[data-post="${id}"]`).count(), 0);
    await seat.open('/filters', 'Filters');
    await seat.press('Delete the filter Not now');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('Not now', { exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Home', exact: true }).click();
    await page.locator(`[data-post="${id}"]`).waitFor();
    await seat.leave();
  });

  for (const { name, options } of VIEWS) {
    const take = () => room.take(options);

    test(`is written in the direction of its language, and a few emoji alone are large: ${name}`, async () => {
      const seat = await take();
      const { page } = seat;
      const plain = await post(seat, 'Bread from the market');
      const arabic = await post(seat, 'خبز من السوق @demo', { language: 'ar' });
      const family = await post(seat, '👩‍👩‍👧 🇨🇭');
      const spoken = await post(seat, 'Bread 🥖');
      await room.plaza.plaza.drain();
      await page.reload();
      const look = (id: string) => textOf(seat, id).evaluate(LOOK);
      await textOf(seat, plain).waitFor();
      await seat.still();
      assert.deepEqual(await look(arabic), { ...(await look(plain)), direction: 'rtl', lang: 'ar' });
      assert.equal((await look(plain)).direction, 'ltr');
      assert.equal((await look(spoken)).size, (await look(plain)).size);
      assert.ok((await look(family)).size > (await look(plain)).size);
      assert.equal((await textOf(seat, family).textContent())?.trim(), '👩‍👩‍👧 🇨🇭', 'what belongs together stays so');
      await seat.check('scripts');
      await seat.leave();
    });

    test(`is behind its warning until somebody asks, and so are pictures that may disturb: ${name}`, async () => {
      const seat = await take();
      const { page } = seat;
      const told = await post(seat, 'The gardener did it', { spoiler_text: 'The end of the book' });
      const shown = await post(seat, 'Fields', { media_ids: await uploadFields(seat, ['green']), sensitive: true });
      await room.plaza.plaza.drain();
      await page.reload();
      const warned = page.locator(`[data-post="${told}"]`);
      await warned.getByText('The end of the book').waitFor();
      assert.equal(await warned.getByText('The gardener did it').count(), 0);
      await seat.check('a warning');
      const fold = warned.locator('[data-act=unfold]');
      await fold.press('Enter');
      await warned.getByText('The gardener did it').waitFor();
      assert.equal(await fold.getAttribute('aria-expanded'), 'true');

      const covered = page.locator(`[data-post="${shown}"]`);
      assert.equal(await covered.getByRole('img', { name: 'A green field' }).count(), 0);
      await covered.getByRole('button', { name: 'Sensitive pictures' }).click();
      await covered.getByRole('img', { name: 'A green field' }).waitFor();
      await seat.check('all is shown');

      await fold.press('Enter');
      await warned.getByText('The gardener did it').waitFor({ state: 'detached' });
      await seat.leave();
    });
  }
});

function textOf(seat: Seat, id: string): Locator {
  return seat.page.locator(`[data-post="${id}"] div[dir=auto]`).first();
}

const LOOK = (text: { readonly lang: string }) => {
  const { direction, fontSize } = getComputedStyle(text as never);
  return { direction, size: Number.parseFloat(fontSize), lang: text.lang };
};
declare const getComputedStyle: (element: never) => { readonly direction: string; readonly fontSize: string };
