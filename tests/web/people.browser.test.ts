import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import type { DemoPlaza } from './support/demo-plaza.ts';
import { Others } from './support/others.ts';
import { roomForTests } from './support/room.ts';
import type { Seat } from './support/seat.ts';
import { VIEWS } from './support/views.ts';

describe('people in the browser client', () => {
  const room = roomForTests();

  for (const { name, options } of VIEWS) {
    const take = () => room.take(options);

    test(`a profile is opened, its tabs are addresses, and its followers a list: ${name}`, async () => {
      const seat = await take();
      const { page } = seat;
      await seat.open(`/@${room.plaza.person.username}`, /./);
      await page.getByRole('article').first().waitFor();
      await seat.check('profile');
      const replies = page.getByRole('link', { name: 'Replies', exact: true });
      await replies.click();
      await page.waitForURL(/\/with_replies$/);
      assert.equal(await replies.evaluate((link) => link === link.ownerDocument.activeElement), true);
      await page.getByRole('link', { name: 'Media', exact: true }).click();
      await page.waitForURL(/\/media$/);
      await page.getByRole('link', { name: /^\d+ following$/ }).click();
      await page.waitForURL(/\/following$/);
      await person(seat).first().waitFor();
      await seat.check('following');
      await page.goBack();
      await page.waitForURL(/\/media$/);
      await seat.leave();
    });

    test(`somebody is followed, noted, listed, muted, blocked, and taken back: ${name}`, async () => {
      const seat = await take();
      const { page } = seat;
      const handle = await someoneFollowed(seat, room.plaza);
      await seat.open(`/@${handle}`, /./);
      await failToUnfollow(seat);
      await followAgain(seat);
      await writeNote(seat);
      await hideReposts(seat);
      await mute(seat);
      await seat.open('/mutes', 'Muted people');
      await person(seat, handle).waitFor();
      await seat.check('mutes');
      await seat.press(/^Unmute: /);
      await page.getByRole('button', { name: /^Mute: / }).waitFor();

      await seat.open('/', 'Home');
      await page.locator(`article a[href="/@${handle}"]`).first().click();
      await seat.heading(/./);
      await block(seat);
      await page.goBack();
      await seat.heading('Home');
      await page.getByRole('article').first().waitFor();
      assert.equal(await page.locator(`article a[href="/@${handle}"]`).count(), 0);

      await seat.open('/blocks', 'Blocked people');
      await person(seat, handle).waitFor();
      await seat.check('blocks');
      await seat.press(/^Blocked\. Unblock: /);
      await seat.press(/^Follow /);
      await page.locator('[data-stand=following]').waitFor();
      await seat.leave();
    });

    test(`a list is made, filled from those who are followed, read, and deleted: ${name}`, async () => {
      const seat = await take();
      const { page } = seat;
      const handle = await someoneFollowed(seat, room.plaza);
      const list = `Neighbours, ${name}`;
      await seat.open('/lists', 'Lists');
      await seat.press('New list');
      const field = page.getByLabel('Name');
      await field.fill(list);
      await seat.check('a new list');
      const mend = await seat.failing(/\/api\/v1\/lists$/, 503);
      await seat.press('Save');
      await page.getByRole('alert').waitFor();
      assert.equal(await field.inputValue(), list);
      await mend();
      await seat.press('Save');
      await page.getByRole('link', { name: list }).click();
      await seat.heading(list);
      await page.getByRole('link', { name: 'Add people' }).click();
      await page.getByRole('searchbox').fill(handle);
      await seat.press(/^Add: /);
      await page.getByRole('button', { name: /^Remove: / }).waitFor();
      await seat.check('members');
      await page.goBack();
      await seat.heading(list);
      await page.getByRole('article').first().waitFor();
      await seat.check('a list');
      await seat.press('Edit list');
      await seat.press('Delete');
      await page.getByText(`Delete the list ${list}?`).waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
      await seat.heading('Lists');
      await page.getByRole('link', { name: list }).waitFor({ state: 'detached' });
      await seat.leave();
    });

    test(`people, hashtags and posts are found, by keyboard alone: ${name}`, async () => {
      const seat = await take();
      const { page } = seat;
      await seat.open('/search', 'Search');
      await seat.check('suggestions');
      const field = page.getByRole('searchbox');
      await field.fill(room.plaza.person.username);
      await page.waitForURL(/\?q=/);
      await person(seat, room.plaza.person.username).waitFor();
      await seat.check('results');
      await field.press('ArrowDown');
      await page.keyboard.press('Enter');
      await seat.heading(/./);
      await page.waitForURL(/\/@/);
      await page.goBack();
      assert.equal(await field.inputValue(), room.plaza.person.username);
      await field.fill(await addressOfPost(seat, room.plaza));
      await page.getByRole('article').waitFor();
      await field.fill('nobody-is-called-so');
      await page.getByText('Nothing found for').waitFor();
      await seat.leave();
    });

    test(`a request to follow is accepted by somebody who wants to be asked: ${name}`, async () => {
      const seat = await take();
      const { page } = seat;
      const others = new Others(room.plaza);
      const me = room.plaza.person.username;
      await seat.open('/settings/privacy', 'Privacy');
      await seat.check('privacy');
      const locked = page.getByRole('checkbox', { name: 'Ask me before somebody follows me' });
      const mend = await seat.failing(/\/update_credentials$/, 503);
      await locked.click();
      await page.getByText('The server could not answer just now.').waitFor();
      assert.equal(await locked.isChecked(), false);
      await mend();
      await locked.check();
      await page.getByText('Saved.').waitFor({ state: 'attached' });

      const handle = await someoneFollowed(seat, room.plaza);
      await others.unfollow(handle, me);
      await others.follow(handle, me);
      await seat.open('/follow-requests', 'Follow requests');
      await person(seat, handle).waitFor();
      await page.getByRole('button', { name: /^Accept: / }).waitFor();
      await seat.check('requests');
      await seat.press(/^Accept: /);
      await page.locator('[data-stand]').waitFor();
      await seat.open('/settings/privacy', 'Privacy');
      await locked.uncheck();
      await page.getByText('Saved.').waitFor({ state: 'attached' });
      await seat.leave();
    });

    test(`a profile is edited, its picture cut and described; nothing typed is lost: ${name}`, async () => {
      const seat = await take();
      const { page } = seat;
      await seat.open('/settings/profile', 'Profile');
      await seat.check('profile settings');
      await page.locator('input[data-picture=avatar]').setInputFiles(PICTURE);
      await page.getByLabel('Zoom').fill('2');
      await page.getByRole('group', { name: /^Part that is shown/ }).press('ArrowRight');
      await seat.check('cutting');
      await seat.press('Use it');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      const about = page.getByLabel('About you');
      await about.fill(`Seen from ${name}`);
      await page.getByLabel('Content of fact 2').fill('Bern');
      await page.getByLabel('Name of fact 2').fill('Town');
      const mend = await seat.failing(/\/update_credentials$/, 503);
      await seat.press('Save');
      await page.getByRole('alert').waitFor();
      await mend();
      await page.getByRole('link', { name: 'Home', exact: true }).click();
      await seat.heading('Home');
      await page.goBack();
      assert.equal(await about.inputValue(), `Seen from ${name}`);
      await seat.press('Save');
      await page.getByText('Saved.').waitFor();
      await seat.open(`/@${room.plaza.person.username}`, /./);
      await page.getByText(`Seen from ${name}`).waitFor();
      await page.getByText('Bern').waitFor();
      await seat.leave();
    });
  }

  test('a profile that does not exist says so; one that cannot be read comes when it can', async () => {
    const seat = await room.visit(VIEWS[0].options);
    const { page } = seat;
    const mend = await seat.failing(/\/accounts\/lookup/, 403);
    await page.goto(`/@${room.plaza.person.username}`);
    await page.getByRole('alert').waitFor();
    await seat.check('failed');
    await mend();
    await seat.press('Try again');
    await page.getByRole('article').first().waitFor();
    await seat.check('profile, signed out');
    await seat.leave();
  });
});

const PICTURE = new URL('../../services/gateway/assets/missing-header.png', import.meta.url).pathname;

/** People of a list that is shown, or one of them. */
function person(seat: Seat, handle?: string): Locator {
  return seat.page.locator(handle === undefined ? '[data-person]' : `[data-person="${handle}"]`);
}

/** Somebody who is followed and has posted of late: whoever wrote the first post of the home that is no repost. */
async function someoneFollowed(seat: Seat, { person: { username } }: DemoPlaza): Promise<string> {
  await seat.open('/', 'Home');
  const author = seat.page.locator(`article header a[href^="/@"]:not([href^="/@${username}"])`);
  return (await author.first().getAttribute('href'))!.slice(2);
}

async function addressOfPost(seat: Seat, plaza: DemoPlaza): Promise<string> {
  const answer = await seat.page.request.get('/api/v1/timelines/public?local=true&limit=1');
  const [post] = (await answer.json()) as readonly { readonly url: string }[];
  const { url = '' } = post ?? {};
  assert.ok(url.startsWith(plaza.origin));
  return url;
}

async function choose(seat: Seat, item: string | RegExp): Promise<void> {
  await seat.press(/^More about /);
  await seat.page.getByRole('menuitem', { name: item }).click();
}

async function failToUnfollow(seat: Seat): Promise<void> {
  const mend = await seat.failing(/\/unfollow$/, 503);
  await seat.page.locator('[data-stand=following]').click();
  await seat.page.getByText('The server could not answer just now.').waitFor();
  await seat.page.locator('[data-stand=following]').waitFor();
  await mend();
}

async function followAgain(seat: Seat): Promise<void> {
  await seat.page.locator('[data-stand=following]').click();
  await seat.page.locator('[data-stand^=follow]:not([data-stand=following])').click();
  await seat.page.locator('[data-stand=following]').waitFor();
}

async function writeNote(seat: Seat): Promise<void> {
  await choose(seat, 'Private note');
  const note = seat.page.getByLabel('Private note');
  const mend = await seat.failing(/\/note$/, 503);
  await note.fill('Met at the fair');
  await note.blur();
  await seat.page.getByRole('button', { name: 'Try again' }).waitFor();
  await mend();
  await seat.press('Try again');
  await seat.page.getByText('Saved.').waitFor();
  await seat.check('a profile with a note');
  await note.fill('');
  await note.blur();
  await seat.page.getByText('Saved.').waitFor();
}

async function hideReposts(seat: Seat): Promise<void> {
  await choose(seat, 'Hide reposts');
  await choose(seat, 'Show reposts');
}

async function mute(seat: Seat): Promise<void> {
  await choose(seat, /^Mute/);
  await seat.page.getByLabel('For how long').selectOption('One day');
  await seat.check('muting');
  await seat.page.getByRole('dialog').getByRole('button', { name: 'Mute' }).click();
  await seat.page.getByText(/^You have muted .* until /).waitFor();
}

async function block(seat: Seat): Promise<void> {
  await seat.press(/^More about /);
  await seat.page.getByRole('menuitem', { name: /^Block/ }).waitFor();
  await seat.check('the menu of a person');
  await seat.page.getByRole('menuitem', { name: /^Block/ }).click();
  await seat.check('blocking');
  await seat.page.getByRole('dialog').getByRole('button', { name: 'Block' }).click();
  await seat.page.getByText(/^You have blocked /).waitFor();
}
