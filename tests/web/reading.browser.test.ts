import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AT_TOP, scrollToPost, topPost } from './support/place.ts';
import { roomForTests } from './support/room.ts';
import { VIEWS } from './support/views.ts';

describe('reading in the browser client', () => {
  const room = roomForTests();

  for (const { name, options } of VIEWS) {
    test(`somebody new sees what people say here, and the ways in: ${name}`, async () => {
      const seat = await room.visit(options);
      await seat.open('/', /^Join /);
      await seat.page.getByRole('article').nth(3).waitFor();
      await seat.page.getByRole('link', { name: 'Sign up' }).first().waitFor();
      await seat.check('landing');
      await seat.leave();
    });

    test(`home is read on without an end, and kept in its place on the way back and through a reload: ${name}`, async () => {
      const seat = await room.take(options);
      const { page } = seat;
      await page.getByRole('article').nth(3).waitFor();
      await seat.check('home');
      await scrollToPost(seat, 45);
      const place = await topPost(seat);
      await page.getByRole('link', { name: 'Local', exact: true }).click();
      await seat.heading('Local');
      await page.getByRole('article').first().waitFor();
      await seat.check('local');
      await page.goBack();
      await seat.heading('Home');
      await seat.until(AT_TOP, place);
      await page.reload();
      await seat.heading('Home');
      await seat.until(AT_TOP, place);
      await seat.leave();
    });

    test(`a like is shown at once, counted, and taken back when the server refuses: ${name}`, async () => {
      const seat = await room.take(options);
      const like = seat.page.locator('[data-act=like][aria-pressed=false]').first();
      const post = await like.locator('xpath=ancestor::article').getAttribute('data-post');
      const mine = seat.page.locator(`[data-post="${post}"] [data-act=like]`);
      const mend = await seat.failing(/\/favourite$/, 503);
      await mine.click();
      await seat.page.getByText('The server could not answer just now.').waitFor();
      assert.equal(await mine.getAttribute('aria-pressed'), 'false');
      await mend();
      await mine.click();
      await seat.page.locator(`[data-post="${post}"] [data-act=like][aria-pressed=true]`).waitFor();
      await seat.leave();
    });
  }

  test('a place is come back to though what stands above it cannot be read, which comes when it can', async () => {
    const seat = await room.take(VIEWS[1].options);
    const { page } = seat;
    await page.getByRole('article').nth(3).waitFor();
    await scrollToPost(seat, 45);
    const place = await topPost(seat);
    const mend = await seat.failing(/\/timelines\/home\?.*min_id=/, 500);
    await page.reload();
    await seat.heading('Home');
    await seat.until(AT_TOP, place);
    await mend();
    while ((await page.locator(`[data-post="${place}"][aria-posinset="1"]`).count()) > 0) await seat.scroll(-700);
    while ((await page.locator('article[aria-posinset="15"]').count()) === 0) await seat.scroll(-700);
    await seat.leave();
  });

  test('a home that cannot be read says so, and comes when it can', async () => {
    const seat = await room.take(VIEWS[0].options);
    const mend = await seat.failing(/\/api\/v1\/timelines\/public/, 403);
    await seat.page.getByRole('link', { name: 'Local', exact: true }).click();
    await seat.page.getByRole('alert').waitFor();
    await seat.check('failed');
    await mend();
    await seat.press('Try again');
    await seat.page.getByRole('article').first().waitFor();
    await seat.leave();
  });
});
