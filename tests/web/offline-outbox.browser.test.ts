import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { roomForTests } from './support/room.ts';
import type { Seat } from './support/seat.ts';
import { VIEWS } from './support/views.ts';
import { write } from './support/writing.ts';

describe('posts of the browser client that wait for a network', () => {
  const room = roomForTests();

  for (const { name, options } of VIEWS) {
    test(`are sent once by an open page when the network is back: ${name}`, async () => {
      const seat = await room.take(options);
      const { page, visit } = seat;
      await seat.until(CONTROLLED);
      const text = await write(seat, `From the tunnel, ${name}`);
      await visit.context.setOffline(true);
      await text.press('Control+Enter');
      await page.getByText('There is no connection.', { exact: false }).waitFor();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      // Through a reload, which the kept page answers.
      await seat.open('/drafts', 'Drafts');
      await page.getByRole('heading', { name: 'Waiting to be sent' }).waitFor();
      await page
        .getByRole('listitem')
        .filter({ hasText: `From the tunnel, ${name}` })
        .waitFor();
      await visit.context.setOffline(false);
      // By the page or by the worker that it woke: whoever comes first.
      await page.getByRole('heading', { name: 'Waiting to be sent' }).waitFor({ state: 'detached' });
      assert.equal(await timesPosted(seat, `From the tunnel, ${name}`), 1);
      visit.offences.splice(0);
      await seat.leave();
    });
  }

  test('are sent once by the service worker when the page was closed meanwhile', async () => {
    const seat = await room.take(VIEWS[0].options);
    const { page, visit } = seat;
    await seat.until(CONTROLLED);
    const text = await write(seat, 'Sent behind my back');
    await visit.context.setOffline(true);
    await text.press('Control+Enter');
    await page.getByText('There is no connection.', { exact: false }).waitFor();
    const wake = await workerOf(seat);
    await page.close();
    assert.equal(await timesPosted(seat, 'Sent behind my back'), 0);
    await visit.context.setOffline(false);
    await wake();
    for (let asked = 0; asked < MOST_ASKED; asked++) {
      if ((await timesPosted(seat, 'Sent behind my back')) > 0) break;
    }
    assert.equal(await timesPosted(seat, 'Sent behind my back'), 1, 'before any page of the client is open again');
    const again = await seat.beside();
    await again.page.getByRole('article').filter({ hasText: 'Sent behind my back' }).waitFor();
    await again.open('/drafts', 'Drafts');
    await again.page.getByText('There are no drafts.', { exact: false }).waitFor();
    assert.equal(await timesPosted(seat, 'Sent behind my back'), 1);
    visit.offences.splice(0);
    await seat.leave();
  });
});

const MOST_ASKED = 2_000;
const CONTROLLED = '() => navigator.serviceWorker.controller !== null';

/** How often this person has posted these words, as the server tells it. The browser may be without a network meanwhile. */
async function timesPosted(seat: Seat, words: string): Promise<number> {
  const headers = { 'X-Plaza-Client': 'web' };
  const { request } = seat.visit.context;
  const me = await request.get('/api/v1/accounts/verify_credentials', { headers });
  const { id } = (await me.json()) as { readonly id: string };
  const answer = await request.get(`/api/v1/accounts/${id}/statuses`, { headers });
  const posts = (await answer.json()) as readonly { readonly content: string }[];
  return posts.filter(({ content }) => content.includes(words)).length;
}

/** What the browser does by itself, at a time of its own: it wakes the worker because the network is back. */
async function workerOf({ page, visit }: Seat): Promise<() => Promise<void>> {
  const origin = new URL(page.url()).origin;
  const blank = await visit.context.newPage();
  const session = await visit.context.newCDPSession(blank);
  const registration = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL.startsWith(origin));
      if (own !== undefined) resolve(own.registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  const registrationId = await registration;
  return async () => {
    const sync = { origin, registrationId, tag: 'plaza-outbox', lastChance: false };
    await session.send('ServiceWorker.dispatchSyncEvent', sync);
  };
}
