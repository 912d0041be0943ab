import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { roomForTests } from './support/room.ts';
import { VIEWS } from './support/views.ts';
import { compose, holds, write } from './support/writing.ts';

describe('what is typed into the browser client and not saved', () => {
  const room = roomForTests();

  test('two tabs write two posts, and each finds its own after a reload', async () => {
    const first = await room.take(VIEWS[1].options);
    const second = await first.beside();
    await write(first, 'Of the first tab');
    await write(second, 'Of the second tab');
    for (const [seat, words] of [
      [first, 'Of the first tab'],
      [second, 'Of the second tab'],
    ] as const) {
      await seat.page.bringToFront();
      await seat.page.reload();
      await seat.heading('Home');
      await compose(seat);
      await holds(seat, words);
    }
    await first.leave();
  });

  test('what a closed tab has left is taken up by the next, and not what another tab still writes', async () => {
    const first = await room.take(VIEWS[1].options);
    await write(first, 'Still written');
    const second = await first.beside();
    await write(second, 'Left behind');
    await second.page.close();
    const third = await first.beside();
    await compose(third);
    await holds(third, 'Left behind');
    const fourth = await first.beside();
    await compose(fourth);
    await holds(fourth, '');
    await third.page.getByRole('button', { name: 'Discard' }).click();
    await first.open('/drafts', 'Drafts');
    await first.page.getByRole('listitem').filter({ hasText: 'Still written' }).waitFor();
    assert.equal(await first.page.getByText('Left behind').count(), 0);
    await first.leave();
  });

  test('a tab that opens a draft which another one is writing gets a copy', async () => {
    const first = await room.take(VIEWS[1].options);
    await write(first, 'Written here');
    const second = await first.beside();
    await second.page.goto('/drafts');
    await second.press('Go on writing');
    await holds(second, 'Written here');
    await second.page.locator('[data-composer-text]').fill('Written there');
    await first.page.locator('[data-composer-text]').press('End');
    await first.page.locator('[data-composer-text]').pressSequentially(' too');
    for (const [seat, words] of [
      [first, 'Written here too'],
      [second, 'Written there'],
    ] as const) {
      await seat.page.bringToFront();
      await seat.open('/', 'Home');
      await compose(seat);
      await holds(seat, words);
    }
    await first.leave();
  });

  for (const { name, options } of VIEWS) {
    test(`a private note that could not be saved is there after a reload, and says that it is not saved: ${name}`, async () => {
      const seat = await room.take(options);
      const { page } = seat;
      const author = page.locator(`article header a[href^="/@"]:not([href^="/@${room.plaza.person.username}"])`);
      await page.goto((await author.first().getAttribute('href'))!);
      await seat.press(/^More about /);
      await page.getByRole('menuitem', { name: 'Private note' }).click();
      const note = page.getByLabel('Private note');
      const mend = await seat.failing(/\/note$/, 503);
      await note.fill(`Met at the fair, ${name}`);
      await note.blur();
      await page.getByRole('button', { name: 'Try again' }).waitFor();
      await mend();
      await page.reload();
      await page.getByText('What you typed is not saved yet.').waitFor();
      assert.equal(await note.inputValue(), `Met at the fair, ${name}`);
      await seat.check('a note that is not saved');
      await seat.press('Save');
      await page.getByText('Saved.').waitFor();
      await page.reload();
      await note.waitFor();
      assert.equal(await note.inputValue(), `Met at the fair, ${name}`);
      assert.equal(await page.getByText('What you typed is not saved yet.').count(), 0);
      await seat.leave();
    });

    test(`a changed profile is there after a reload, until it is saved or discarded: ${name}`, async () => {
      const seat = await room.take(options);
      const { page } = seat;
      await seat.open('/settings/profile', 'Profile');
      const about = page.getByLabel('About you');
      const before = await about.inputValue();
      await about.fill(`Words that wait, ${name}`);
      await page.reload();
      await page.getByText('What you changed is not saved yet.').waitFor();
      assert.equal(await about.inputValue(), `Words that wait, ${name}`);
      await seat.check('a profile that is not saved');
      await seat.press('Discard the changes');
      assert.equal(await about.inputValue(), before);
      await page.reload();
      await seat.heading('Profile');
      assert.equal(await about.inputValue(), before);
      await about.fill(`Words that stay, ${name}`);
      await page.reload();
      await seat.heading('Profile');
      await seat.press('Save');
      await page.getByText('Saved.').waitFor();
      await page.reload();
      await seat.heading('Profile');
      assert.equal(await about.inputValue(), `Words that stay, ${name}`);
      assert.equal(await page.getByText('What you changed is not saved yet.').count(), 0);
      await seat.leave();
    });
  }
});
