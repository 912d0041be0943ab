import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { roomForTests } from './support/room.ts';
import type { Seat } from './support/seat.ts';
import { VIEWS } from './support/views.ts';
import { compose, holds, write } from './support/writing.ts';

describe('what is set of a post in the browser client', () => {
  const room = roomForTests();

  for (const [at, { name, options }] of VIEWS.entries()) {
    test(`hashtags are completed by the arrows or a press, and the language and the readers chosen: ${name}`, async () => {
      const seat = await room.take(options);
      const { page } = seat;
      await write(seat, `For the first time #herons${at} `);
      await page.getByLabel('Language').selectOption('de');
      await seat.press('Post');
      await page.getByText('Posted.').waitFor();
      const text = await write(seat, 'Again #her');
      await page.getByRole('option', { name: new RegExp(`#herons${at}`) }).waitFor();
      await seat.check('completion of hashtags');
      await text.press('Escape');
      await page.getByRole('option', { name: /#herons/ }).waitFor({ state: 'detached' });
      await page.getByRole('dialog').waitFor();
      await text.pressSequentially(`ons${at}`);
      await page.getByRole('option', { name: new RegExp(`#herons${at}`) }).click();
      await holds(seat, `Again #herons${at} `);
      await page.getByLabel('Who can see it').selectOption('private');
      await seat.press('Post');
      const shown = page.getByRole('article').filter({ hasText: `Again #herons${at}` });
      await shown.waitFor();
      const [again, first] = await postsOf(seat);
      assert.deepEqual([first?.language, first?.visibility], ['de', 'public']);
      assert.equal(again?.visibility, 'private');
      await seat.leave();
    });
  }

  test('an answer that is scheduled and taken back is still an answer', async () => {
    const seat = await room.take(VIEWS[0].options);
    const { page } = seat;
    const answered = page.getByRole('article').filter({ hasNotText: '@demo' }).first();
    const id = await answered.getAttribute('data-post');
    await answered.locator('[data-act=reply]').press('Enter');
    const text = page.locator('[data-composer-text]');
    await page.getByRole('region', { name: /^You answer / }).waitFor();
    await text.press('End');
    await text.pressSequentially('later perhaps');
    await page.getByRole('button', { name: 'Publish at a time' }).click();
    await seat.press('Schedule');
    await page.getByText(/^It will be published on /).waitFor();
    await seat.open('/scheduled', 'Scheduled posts');
    await seat.press('Do not publish');
    await page.getByText('It will not be published.', { exact: false }).waitFor();
    await seat.open('/drafts', 'Drafts');
    const row = page.getByRole('listitem').filter({ hasText: 'later perhaps' });
    await row.getByText('Reply').waitFor();
    await row.getByRole('button', { name: 'Go on writing' }).click();
    await page.getByRole('region', { name: /^You answer / }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Reply', exact: true }).click();
    await page.getByText('Posted.').waitFor();
    const reply = (await postsOf(seat)).find(({ content }) => content.includes('later perhaps'));
    assert.equal(reply?.in_reply_to_id, id);
    await seat.leave();
  });

  test('a draft whose answer was lost is saved once when it is saved again', async () => {
    const seat = await room.take(VIEWS[1].options);
    const { page } = seat;
    await write(seat, 'Saved just once');
    await page.route(/\/api\/plaza\/v1\/drafts$/, async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      await route.fetch();
      await route.abort('connectionfailed');
    });
    await seat.press('Save draft');
    await page.getByRole('dialog').getByRole('alert').waitFor();
    await page.unroute(/\/api\/plaza\/v1\/drafts$/);
    seat.visit.offences.splice(0);
    await seat.press('Save draft');
    await page.getByText('The draft is saved.').waitFor();
    await seat.open('/drafts', 'Drafts');
    const saved = page.getByRole('listitem').filter({ hasText: 'Saved just once' });
    await saved.waitFor();
    assert.equal(await saved.count(), 1);
    await saved.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('The draft is gone.').waitFor();
    await seat.leave();
  });

  test('a draft is written on at another room.browser, and is no draft any more once it is posted', async () => {
    const seat = await room.take(VIEWS[1].options);
    await write(seat, 'Begun at the desk');
    await seat.press('Save draft');
    await seat.page.getByText('The draft is saved.').waitFor();
    await compose(seat);
    await holds(seat, '');
    await seat.leave();
    const phone = await room.take(VIEWS[0].options);
    const { page } = phone;
    await phone.open('/drafts', 'Drafts');
    await phone.press('Go on writing');
    await holds(phone, 'Begun at the desk');
    await page.locator('[data-composer-text]').fill('Ended on the way');
    await phone.press('Post');
    await page.getByText('Posted.').waitFor();
    await page.getByText('There are no drafts.', { exact: false }).waitFor();
    await phone.leave();
  });
});

interface Posted {
  readonly content: string;
  readonly language: string | null;
  readonly visibility: string;
  readonly in_reply_to_id: string | null;
}

/** What this person has posted, as the server tells it. */
async function postsOf(seat: Seat): Promise<readonly Posted[]> {
  const headers = { 'X-Plaza-Client': 'web' };
  const me = await seat.page.request.get('/api/v1/accounts/verify_credentials', { headers });
  const { id } = (await me.json()) as { readonly id: string };
  const answer = await seat.page.request.get(`/api/v1/accounts/${id}/statuses`, { headers });
  return (await answer.json()) as readonly Posted[];
}
