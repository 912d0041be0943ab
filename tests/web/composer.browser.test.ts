import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { picture } from '#services/post/media/testing.ts';
import { roomForTests } from './support/room.ts';
import { VIEWS } from './support/views.ts';
import { compose, holds, inMenu, write } from './support/writing.ts';

describe('writing in the browser client', () => {
  const room = roomForTests();
  let file: { name: string; mimeType: string; buffer: Buffer };
  before(async () => {
    file = { name: 'harbour.png', mimeType: 'image/png', buffer: await picture(640, 480) };
  });

  for (const { name, options } of VIEWS) {
    test(`what is typed outlives a reload, names are completed, and a post can be taken back before it is sent: ${name}`, async () => {
      const seat = await room.take(options);
      const { page } = seat;
      await write(seat, `A walk by the harbour, ${name}`);
      await page.reload();
      await seat.heading('Home');
      const text = await compose(seat);
      assert.equal(await text.inputValue(), `A walk by the harbour, ${name}`);
      await text.press('End');
      await text.pressSequentially(' with @dem');
      await page.getByRole('option', { name: /@demo/ }).waitFor();
      await seat.check('completion');
      await text.press('Enter');
      await holds(seat, `A walk by the harbour, ${name} with @demo `);
      await page.locator('[data-composer-files]').setInputFiles(file);
      await seat.press('Choose what stays visible');
      await page.locator('[data-focal-picture]').click({ position: { x: 10, y: 10 } });
      await page.getByLabel('Description').fill('Boats in the evening');
      await seat.check('a picture');
      await text.press('Control+Enter');
      await seat.press('Undo');
      await holds(seat, `A walk by the harbour, ${name} with @demo `);
      await text.press('Control+Enter');
      const post = page.getByRole('article').filter({ hasText: `A walk by the harbour, ${name}` });
      await post.getByRole('link', { name: /Boats in the evening/ }).waitFor();
      await seat.leave();
    });

    test(`an answer names whom it answers; one's own post is edited, written anew and deleted: ${name}`, async () => {
      const seat = await room.take(options);
      const { page } = seat;
      // What is not yet drawn takes no focus, and the key would go nowhere.
      await seat.still();
      await page
        .getByRole('article')
        .filter({ hasNotText: '@demo' })
        .first()
        .locator('[data-act=reply]')
        .press('Enter');
      const text = page.locator('[data-composer-text]');
      await page.getByRole('region', { name: /^You answer / }).waitFor();
      assert.match(await text.inputValue(), /^@\w+ $/);
      await text.pressSequentially(`I saw it too, ${name}`);
      await seat.check('reply');
      await seat.press('Reply');
      // Only what is near the window is drawn, and the new post stands at the top.
      await page.evaluate('scrollTo(0, 0)');
      const post = page.getByRole('article').filter({ hasText: `I saw it too, ${name}` });
      await post.waitFor();
      await inMenu(seat, post, 'Edit');
      await text.press('End');
      await text.pressSequentially('! Twice');
      await seat.press('Save');
      await post.filter({ hasText: '! Twice' }).filter({ hasText: 'edited' }).waitFor();
      await inMenu(seat, post, 'Earlier versions');
      await page.getByRole('dialog').getByRole('listitem').nth(1).waitFor();
      await seat.check('history');
      await page.keyboard.press('Escape');
      await inMenu(seat, post, 'Delete and write anew');
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
      await post.waitFor({ state: 'detached' });
      await text.press('End');
      await text.pressSequentially(' again');
      await seat.press('Reply');
      const anew = page.getByRole('article').filter({ hasText: 'Twice again' });
      await anew.waitFor();
      await inMenu(seat, anew, 'Delete');
      await seat.check('deletion');
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
      await page.getByText('The post is deleted.').waitFor();
      await anew.waitFor({ state: 'detached' });
      await seat.leave();
    });

    test(`a poll with a warning waits for its time, gets another one, and comes back to the drafts: ${name}`, async () => {
      const seat = await room.take(options);
      const { page } = seat;
      await write(seat, `Tea or coffee, ${name}?`);
      await page.getByRole('button', { name: 'Content warning' }).click();
      await page.getByRole('textbox', { name: 'Content warning' }).fill('Drinks');
      await page.getByRole('button', { name: 'Poll' }).click();
      await page.getByLabel('Option 1').fill('Tea');
      await page.getByRole('button', { name: 'Publish at a time' }).click();
      await seat.press('Schedule');
      await page.getByText('A poll needs at least two options.').waitFor();
      await seat.check('poll');
      await page.getByLabel('Option 2').fill('Coffee');
      await seat.press('Schedule');
      await page.getByText(/^It will be published on /).waitFor();
      await seat.open('/scheduled', 'Scheduled posts');
      const year = new Date().getFullYear() + 2;
      const row = page.getByRole('listitem').filter({ hasText: `Tea or coffee, ${name}?` });
      await row.getByRole('button', { name: 'Change the time' }).click();
      await row.getByLabel('Publish at a time').fill(`${year}-05-04T03:02`);
      await seat.check('scheduled');
      await row.getByRole('button', { name: 'Save' }).click();
      await row.getByText(String(year)).waitFor();
      await row.getByRole('button', { name: 'Do not publish' }).click();
      await row.waitFor({ state: 'detached' });
      await seat.open('/drafts', 'Drafts');
      await page
        .getByRole('listitem')
        .filter({ hasText: `Tea or coffee, ${name}?` })
        .getByText('With a poll')
        .waitFor();
      await seat.leave();
    });
  }

  test('an upload that fails is tried again, and a post that is refused is given back with the reason at its field', async () => {
    const seat = await room.take(VIEWS[0].options);
    const { page } = seat;
    const text = await write(seat, 'Refused at first');
    const mendUpload = await seat.failing(/\/api\/v2\/media$/, 503);
    await page.locator('[data-composer-files]').setInputFiles(file);
    await page.getByText(/^harbour.png could not be uploaded/).waitFor();
    await seat.check('failed upload');
    await mendUpload();
    await seat.press('Try again');
    await page.getByRole('button', { name: 'Choose what stays visible' }).waitFor();
    const mend = await seat.failing(/\/api\/v1\/statuses$/, 422);
    await text.press('Control+Enter');
    await page.getByRole('dialog').getByText('Made to fail by a test').waitFor();
    await mend();
    await holds(seat, 'Refused at first');
    await seat.press('Post');
    await page.getByRole('article').filter({ hasText: 'Refused at first' }).waitFor();
    await seat.leave();
  });

  test('what is posted without a network waits, through a reload too, and is sent once when there is one', async () => {
    // A service worker would send it when the page is left: what fails here is only what the page sends.
    const seat = await room.take({ ...VIEWS[1].options, serviceWorkers: 'block' });
    const { page } = seat;
    const text = await write(seat, 'From the tunnel');
    const mend = await seat.failing(/\/api\/v1\/statuses$/, 0);
    await text.press('Control+Enter');
    await page.getByText('There is no connection.', { exact: false }).waitFor();
    await seat.open('/drafts', 'Drafts');
    await page.getByRole('button', { name: 'Take back' }).waitFor();
    await mend();
    await page.evaluate("dispatchEvent(new Event('online'))");
    await page.getByText('Posted.').waitFor();
    await page.getByRole('link', { name: 'Home', exact: true }).click();
    const posts = page.getByRole('article').filter({ hasText: 'From the tunnel' });
    await posts.waitFor();
    assert.equal(await posts.count(), 1);
    await seat.leave();
  });

  test('what is shared to the address of the composer stands in it', async () => {
    const seat = await room.take(VIEWS[0].options);
    await seat.page.goto('/compose?title=Herons&url=https%3A%2F%2Fplaza.example%2Fherons');
    await holds(seat, 'Herons\nhttps://plaza.example/herons');
    await seat.leave();
  });
});
