import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Account } from '#contracts/model/account.ts';
import { startTestGateway, type TestGateway } from './testing/test-gateway.ts';

describe('the gateway', () => {
  let plaza: TestGateway;
  let ada: Account;
  before(async () => {
    plaza = await startTestGateway();
    ada = plaza.world.addAccount('ada');
    plaza.world.addToken('ada-token', ada);
    plaza.world.addToken('app-token', null);
    plaza.world.addToken('push-token', ada, { scopes: ['push'] });
    plaza.world.addToken('pending-token', ada, { restriction: 'unconfirmed' });
  });
  after(() => plaza.stop());

  test('posts come back in home, assembled from their pieces', async () => {
    const made = await plaza.call('POST', '/api/v1/statuses', { token: 'ada-token', json: { status: 'Grüße 🎉 <b>' } });
    assert.equal(made.status, 200);
    const status = (await made.json()) as { id: string; content: string };
    assert.equal(status.content, '<p>Grüße 🎉 &lt;b&gt;</p>');
    const home = await plaza.call('GET', '/api/v1/timelines/home?limit=5', { token: 'ada-token' });
    assert.equal(home.status, 200);
    const posts = (await home.json()) as { id: string; account: { username: string } }[];
    assert.deepEqual(posts[0]?.id, status.id);
    assert.equal(posts[0]?.account.username, 'ada');
    assert.match(
      home.headers.get('link') ?? '',
      /^<https:\/\/plaza\.test\/api\/v1\/timelines\/home\?limit=5&max_id=\d+>; rel="next", <.*min_id=\d+>; rel="prev"$/,
    );
  });

  test('many answers at once stay apart, though their memory is used again', async () => {
    for (let at = 0; at < 40; at++) plaza.world.addPost(ada, `post ${at}`);
    const newest = plaza.world.newestFirst().map((post) => post.head.id);
    for (let round = 0; round < 3; round++) {
      const pages = await Promise.all(
        Array.from({ length: 40 }, async (_, at) => {
          const answer = await plaza.call('GET', `/api/v1/timelines/home?limit=${at + 1}`, { token: 'ada-token' });
          return ((await answer.json()) as { id: string }[]).map((status) => status.id);
        }),
      );
      for (const [at, ids] of pages.entries()) assert.deepEqual(ids, newest.slice(0, at + 1));
    }
  });

  test('who may not is told so before anything is read', async () => {
    const status = async (token?: string) => {
      const answer = await plaza.call('POST', '/api/v1/statuses', {
        ...(token ? { token } : {}),
        body: '{',
        headers: { 'content-type': 'application/json' },
      });
      return [answer.status, ((await answer.json()) as { error: string }).error];
    };
    assert.deepEqual(await status(), [401, 'The access token is invalid']);
    assert.deepEqual(await status('unknown'), [401, 'The access token is invalid']);
    assert.deepEqual(await status('push-token'), [403, 'This action is outside the authorized scopes']);
    assert.deepEqual(await status('app-token'), [422, 'This method requires an authenticated user']);
    assert.deepEqual(await status('pending-token'), [403, 'Your login is missing a confirmed e-mail address']);
    assert.deepEqual(await status('ada-token'), [400, 'Bad request']);
  });
});
