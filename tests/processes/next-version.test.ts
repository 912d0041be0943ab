import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { WireContracts } from '#contracts/previous/today.ts';
import { Constellation } from '../constellation/constellation.ts';
import { callsOfTheNextVersion, eventsOfTheNextVersion } from './next-version.ts';

const path = new URL('../../contracts/previous/contracts.json', import.meta.url);
const previous = JSON.parse(readFileSync(path, 'utf8')) as WireContracts;

test('services go on while all that they are asked, told and sent is of the next version', async (t) => {
  const said = { calls: 0, events: 0 };
  const world = await Constellation.start({
    split: true,
    checkOutputs: false,
    between: (service, port) => callsOfTheNextVersion(service, port, previous, said),
    wrapPorts: (ports) => ({ ...ports, bus: eventsOfTheNextVersion(ports.bus, previous, said) }),
  });
  t.after(() => world.remove());
  const [ada, bert] = await world.people('ada', 'bert');
  assert.ok(ada && bert);
  const profile = { fields_attributes: [{ name: 'Home', value: 'Berlin' }] };
  assert.equal((await ada.api.patch('/api/v1/accounts/update_credentials', profile)).status, 200);
  assert.equal((await bert.api.post('/api/v1/lists', { title: 'Friends' })).status, 200);
  assert.equal((await bert.api.post(`/api/v1/accounts/${ada.id}/follow`)).body.following, true);
  await world.plaza.drain();
  const status = await ada.api.post('/api/v1/statuses', { status: 'Hello #plaza', visibility: 'private' });
  assert.equal(status.status, 200, status.text);
  await world.plaza.drain();
  assert.equal((await bert.api.post(`/api/v1/statuses/${status.body.id}/favourite`)).status, 200);
  await world.plaza.drain();
  const home = await bert.api.get('/api/v1/timelines/home');
  assert.deepEqual(
    home.body.map((post: { id: string; favourites_count: number }) => [post.id, post.favourites_count]),
    [[status.body.id, 1]],
  );
  assert.equal((await world.api.get(`/api/v1/statuses/${status.body.id}`)).status, 404, 'and nothing opens');
  assert.deepEqual(await world.plaza.operator.bus.deadLetters(10), []);
  for (const path of [
    '/api/v1/timelines/home',
    `/api/v1/statuses/${status.body.id}`,
    `/api/v1/statuses/${status.body.id}/context`,
    `/api/v1/accounts/${ada.id}`,
    '/api/v1/accounts/verify_credentials',
    `/api/v1/accounts/relationships?id[]=${ada.id}`,
    '/api/v1/lists',
    '/api/v2/filters',
    '/api/v2/instance',
  ]) {
    const { text } = await bert.api.get(path);
    assert.doesNotMatch(text, /ofTheNextVersion/, `what is not known is not passed on to people: ${path}`);
  }
  assert.ok(said.calls > 20 && said.events > 2, JSON.stringify(said));
});
