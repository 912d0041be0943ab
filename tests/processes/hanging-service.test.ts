import assert from 'node:assert/strict';
import { createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Constellation } from '../constellation/constellation.ts';
import type { SplitPlaza } from '../constellation/split-plaza.ts';

/** More than the gateways let wait for one service at once would be thousands; these are enough to take every place that answers need. */
const PATIENT_PEOPLE = 300;

/** Takes the place of a service: accepts connections, reads, and never answers. */
async function hangAt(address: string) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(Number(new URL(address).port), '127.0.0.1', resolve));
  return async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
}

test('a post service that hangs takes neither the gateways nor the other services with it', async (t) => {
  const world = await Constellation.start({ split: true });
  t.after(() => world.remove());
  const split = world.plaza as SplitPlaza;
  const [ada, bert] = await world.people('ada', 'bert');
  assert.ok(ada && bert);
  const status = await ada.api.post('/api/v1/statuses', { status: 'Before it hangs' });
  assert.equal(status.status, 200);
  await world.plaza.drain();

  const post = split.running('post');
  await post.stop();
  const release = await hangAt(post.address);
  const waiting = Array.from({ length: PATIENT_PEOPLE }, () => world.api.get(`/api/v1/statuses/${status.body.id}`));

  // Meanwhile everything that needs no posts is answered as ever, changes too.
  for (const path of [
    '/api/v1/accounts/verify_credentials',
    `/api/v1/accounts/${bert.id}`,
    `/api/v1/accounts/relationships?id[]=${bert.id}`,
    '/api/v2/instance',
    '/api/v1/lists',
    '/api/v2/filters',
    '/api/v1/preferences',
  ]) {
    const answer = await ada.api.get(path);
    assert.equal(answer.status, 200, `${path}: ${answer.text}`);
  }
  assert.equal((await ada.api.post(`/api/v1/accounts/${bert.id}/follow`)).body.following, true);
  assert.equal((await ada.api.post('/api/v1/lists', { title: 'Friends' })).status, 200);
  assert.ok((await world.person('cleo')).id);

  // What needs posts says that it cannot, and when to ask again. Nobody waits for ever, and nothing is shown that was not asked about.
  for (const answer of await Promise.all(waiting)) {
    assert.ok(answer.status === 503 || answer.status === 504, `${answer.status}`);
  }
  for (const path of [
    `/api/v1/statuses/${status.body.id}`,
    '/api/v1/timelines/public',
    `/api/v1/accounts/${ada.id}/statuses`,
  ]) {
    const answer = await bert.api.get(path);
    assert.ok(answer.status === 503 || answer.status === 504, `${path}: ${answer.status}`);
  }
  const refused = await bert.api.post('/api/v1/statuses', { status: 'Nobody takes this' });
  assert.ok(refused.status === 503 || refused.status === 504);

  await release();
  await split.restart('post');
  for (;;) {
    const answer = await world.api.get(`/api/v1/statuses/${status.body.id}`);
    if (answer.status === 200) break;
    assert.ok(answer.status === 503 || answer.status === 504, `${answer.status}`);
    await pause(50);
  }
  await world.plaza.drain();
});

test('a feed service that is away keeps nobody from publishing', async (t) => {
  const world = await Constellation.start({ split: true });
  t.after(() => world.remove());
  const split = world.plaza as SplitPlaza;
  const ada = await world.person('ada');
  await split.running('feed').stop();
  const status = await ada.api.post('/api/v1/statuses', { status: 'Homes are away' });
  assert.equal(status.status, 200, status.text);
  assert.equal((await ada.api.get(`/api/v1/statuses/${status.body.id}`)).status, 200);
  await split.restart('feed');
  await world.plaza.drain();
  const home = await ada.api.get('/api/v1/timelines/home');
  assert.deepEqual(
    (home.body as { id: string }[]).map(({ id }) => id),
    [status.body.id],
  );
});
