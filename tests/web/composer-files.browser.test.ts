import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { picture } from '#services/post/media/testing.ts';
import { accessibilityFaults } from '#tests/pages/browser.ts';
import { roomForTests } from './support/room.ts';
import type { Seat } from './support/seat.ts';
import { VIEWS } from './support/views.ts';
import { compose, write } from './support/writing.ts';

interface Given {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

describe('files of a post in the browser client', () => {
  const room = roomForTests();
  let files: Given[];
  before(async () => {
    const named = ['one', 'two', 'three', 'four', 'five'].map(async (name, index) => ({
      name: `${name}.png`,
      mimeType: 'image/png',
      buffer: await picture(320 + index, 240),
    }));
    files = await Promise.all(named);
  });

  for (const { name, options } of VIEWS) {
    test(`several files are on their way at once, one is called off, and the rest are posted: ${name}`, async () => {
      const seat = await room.take(options);
      const { page } = seat;
      await write(seat, `Three pictures, ${name}`);
      const release = await held(seat);
      await page.locator('[data-composer-files]').setInputFiles(files.slice(0, 3));
      await page.getByRole('progressbar', { name: 'Uploading three.png …' }).waitFor();
      assert.equal(await page.getByRole('progressbar').count(), 3);
      // The network is not idle, for which a check of the seat would wait.
      assert.deepEqual(await accessibilityFaults(page), []);
      await seat.press('Post');
      await page.getByText('Wait until the files are uploaded.').waitFor();
      await page.getByRole('button', { name: 'Cancel the upload' }).nth(1).click();
      await page.getByRole('progressbar', { name: 'Uploading two.png …' }).waitFor({ state: 'detached' });
      await release();
      await ready(seat, 2);
      await page.getByLabel('Description').first().fill('The first');
      await page.getByLabel('Description').last().fill('The third');
      await page.getByRole('button', { name: 'Move to the front' }).click();
      await seat.press('Post');
      const post = page.getByRole('article').filter({ hasText: `Three pictures, ${name}` });
      await post.getByRole('link', { name: /The third/ }).waitFor();
      const links = await post.getByRole('link', { name: /The (first|third)/ }).all();
      const labels = await Promise.all(links.map((link) => link.getAttribute('aria-label')));
      assert.equal(labels.length, 2, labels.join());
      await seat.leave();
    });
  }

  test('a picture is pasted, another dropped, and no more are taken than a post may have', async () => {
    const seat = await room.take(VIEWS[1].options);
    const { page } = seat;
    await compose(seat);
    await give(seat, 'paste', files[0]!);
    await ready(seat, 1);
    await give(seat, 'drop', files[1]!);
    await ready(seat, 2);
    await page.locator('[data-composer-files]').setInputFiles(files.slice(2));
    await page.getByText('A post has at most 4 files.').waitFor();
    await ready(seat, 4);
    assert.equal(await page.getByRole('button', { name: 'Add pictures, video or sound' }).isDisabled(), true);
    assert.equal(await page.getByRole('button', { name: 'Poll' }).isDisabled(), true);
    await seat.leave();
  });

  test('words that are pasted are text, and no file', async () => {
    const seat = await room.take(VIEWS[1].options);
    const text = await compose(seat);
    await seat.visit.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await text.fill('Twice');
    await text.press('Control+a');
    await text.press('Control+c');
    await text.press('End');
    await text.press('Control+v');
    await seat.until("() => document.querySelector('[data-composer-text]').value === 'TwiceTwice'");
    assert.equal(await seat.page.getByRole('list', { name: 'Files of the post' }).count(), 0);
    await seat.leave();
  });

  test('an upload goes on when the composer is closed', async () => {
    const seat = await room.take(VIEWS[0].options);
    const { page } = seat;
    await write(seat, 'Closed meanwhile');
    const release = await held(seat);
    await page.locator('[data-composer-files]').setInputFiles(files[0]!);
    await page.getByRole('progressbar').waitFor();
    await page.getByLabel('Description').fill('Typed on the way');
    await seat.press('Close');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const answered = page.waitForResponse(/\/api\/v2\/media$/);
    await release();
    await answered;
    await compose(seat);
    await ready(seat, 1);
    assert.equal(await page.getByLabel('Description').inputValue(), 'Typed on the way');
    await seat.leave();
  });

  test('of several files the one that fails says so, and is tried again or taken out', async () => {
    const seat = await room.take(VIEWS[0].options);
    const { page } = seat;
    await compose(seat);
    const mend = await seat.failing(/\/api\/v2\/media$/, 0);
    await page.locator('[data-composer-files]').setInputFiles(files.slice(0, 2));
    await page.getByText(/^one.png could not be uploaded/).waitFor();
    await page.getByText(/^two.png could not be uploaded/).waitFor();
    await seat.press('Post');
    await page.getByText('A file could not be uploaded. Try again, or remove it.').waitFor();
    await seat.check('failed uploads');
    await mend();
    await seat.press('Try again');
    await ready(seat, 1);
    await page.getByRole('button', { name: 'Remove', exact: true }).last().click();
    await page.getByText(/^two.png could not be uploaded/).waitFor({ state: 'detached' });
    await seat.press('Post');
    await page.getByText('Posted.').waitFor();
    await seat.leave();
  });
});

/** Keeps uploads on their way until what is returned is called. */
async function held(seat: Seat): Promise<() => Promise<void>> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await seat.page.route(/\/api\/v2\/media$/, async (route) => {
    await promise;
    // What was called off meanwhile is no request any more.
    await route.continue().catch(() => {});
  });
  return async () => {
    resolve();
    await seat.page.unroute(/\/api\/v2\/media$/);
  };
}

/** Waits until so many pictures are uploaded. */
async function ready(seat: Seat, count: number): Promise<void> {
  await seat.page
    .getByRole('button', { name: 'Choose what stays visible' })
    .nth(count - 1)
    .waitFor();
}

/** What a browser tells a page when somebody pastes or drops a file there. */
async function give({ page }: Seat, kind: 'paste' | 'drop', { name, mimeType, buffer }: Given) {
  const given = JSON.stringify([kind, name, mimeType, buffer.toString('base64')]);
  await page.evaluate(`(([kind, name, type, text]) => {
    const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], name, { type }));
    const options = { bubbles: true, cancelable: true };
    document.querySelector('[data-composer-text]').dispatchEvent(
      kind === 'paste'
        ? new ClipboardEvent('paste', { ...options, clipboardData: data })
        : new DragEvent('drop', { ...options, dataTransfer: data }),
    );
  })(${given})`);
}
