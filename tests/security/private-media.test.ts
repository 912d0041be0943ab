import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authenticationContract } from '#contracts/services/authentication.ts';
import { serviceContext } from '#platform/calls/context.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { Constellation, onEachTransport, type Person } from '#tests/constellation/constellation.ts';
import { withScopes } from '#tests/constellation/scoped-token.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

onEachTransport('pictures of posts for followers', (calls) => {
  const starting = Constellation.forTests({ settings: { calls } });

  /** A post for followers with a picture, and its address as `reader`, a follower, is given it. */
  const shownTo = async (author: Person, reader: Person): Promise<URL> => {
    await reader.api.post(`/api/v1/accounts/${author.id}/follow`);
    const form = new FormData();
    form.set('file', new Blob([PNG], { type: 'image/png' }), 'x.png');
    const media = await author.api.post('/api/v2/media', form);
    const status = { status: 'for few', visibility: 'private', media_ids: [media.body.id] };
    const { body } = await author.api.post('/api/v1/statuses', status);
    const shown = await reader.api.get(`/api/v1/statuses/${body.id}`);
    return new URL(shown.body.media_attachments[0].url);
  };

  test('are read by apps only that may read posts', async () => {
    const plaza = await starting;
    const [ada, eve] = (await plaza.people('scoped_ada', 'scoped_eve')) as [Person, Person];
    const address = await shownTo(ada, eve);
    assert.equal((await eve.api.get(address.pathname)).status, 200);
    assert.equal((await (await withScopes(plaza, eve.username, 'read:statuses')).get(address.pathname)).status, 200);
    for (const scopes of ['profile', 'follow', 'read:accounts write'])
      assert.equal((await (await withScopes(plaza, eve.username, scopes)).get(address.pathname)).status, 404, scopes);
  });

  test('are gone for whoever is suspended or leaves, however long their addresses are signed for', async () => {
    const plaza = await starting;
    const [ada, eve, bob] = (await plaza.people('signed_ada', 'signed_eve', 'signed_bob')) as [Person, Person, Person];
    const toEve = await shownTo(ada, eve);
    const ofEve = await shownTo(eve, bob);
    const own = await eve.api.get(`/api/v1/accounts/${eve.id}/statuses`);
    const toHerself = new URL(own.body[0].media_attachments[0].url);
    const status = async ({ pathname, search }: URL) => (await plaza.api.get(pathname + search)).status;
    const all = async () => [await status(toEve), await status(ofEve), await status(toHerself)];
    assert.deepEqual(await all(), [200, 200, 200]);
    const authentication = plaza.plaza.services.client(authenticationContract);
    await authentication.suspend({ accountId: eve.id }, serviceContext('operator', systemClock));
    assert.deepEqual(await all(), [404, 404, 404]);
  });
});
