import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Constellation, onEachWorld } from './constellation/constellation.ts';

onEachWorld('from sign-up to home', (options) => {
  const started = Constellation.forTests(options);

  it('a post reaches its followers, its author and nobody else', async () => {
    const plaza = await started;
    const [alice, bob, carol] = await plaza.people('alice', 'bob', 'carol');
    assert.ok(alice && bob && carol);
    assert.equal((await bob.api.post(`/api/v1/accounts/${alice.id}/follow`)).body.following, true);

    const posted = await alice.api.post('/api/v1/statuses', { status: 'Hello, Plaza!' });
    assert.equal(posted.status, 200, posted.text);
    await plaza.plaza.drain();

    for (const reader of [alice, bob]) {
      const home = await reader.api.get('/api/v1/timelines/home');
      assert.equal(home.status, 200, home.text);
      assert.deepEqual(
        home.body.map((status: { id: string }) => status.id),
        [posted.body.id],
      );
      assert.equal(home.body[0].content, '<p>Hello, Plaza!</p>');
    }
    assert.deepEqual((await carol.api.get('/api/v1/timelines/home')).body, []);
  });

  it('a deleted post is gone everywhere at once', async () => {
    const plaza = await started;
    const [dora, emil] = await plaza.people('dora', 'emil');
    assert.ok(dora && emil);
    await emil.api.post(`/api/v1/accounts/${dora.id}/follow`);
    const { body: status } = await dora.api.post('/api/v1/statuses', { status: 'Soon gone' });
    await plaza.plaza.drain();
    assert.equal((await dora.api.delete(`/api/v1/statuses/${status.id}`)).status, 200);
    assert.equal((await plaza.api.get(`/api/v1/statuses/${status.id}`)).status, 404);
    assert.deepEqual((await emil.api.get('/api/v1/timelines/home')).body, []);
    assert.deepEqual((await emil.api.get(`/api/v1/accounts/${dora.id}/statuses`)).body, []);
  });
});
