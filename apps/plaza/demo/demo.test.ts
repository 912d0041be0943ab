import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startPlaza } from '#apps/plaza/plaza.ts';
import { feedContract } from '#contracts/services/feed.ts';
import { postContract } from '#contracts/services/post.ts';
import { userContract } from '#contracts/services/user.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { loadConfig } from '#platform/config/config.ts';
import type { Community } from './fill/community.ts';
import { DemoRefusal, runDemo } from './run.ts';

const SIZE = { people: 12, posts: 60, seed: 5, force: false };
const DAY_MS = 24 * 3_600_000;

describe('the demo', () => {
  let folder = '';
  let config = loadConfig({ env: {} });
  let made: Community;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plaza-demo-'));
    config = { ...config, data: join(folder, 'data'), logLevel: 'silent', metricsPort: 'off', port: 0 };
    made = await runDemo(config, SIZE, () => {});
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('makes as many people and posts as it was told, delivered, over three weeks', async () => {
    assert.deepEqual([made.username, made.people, made.posts], ['demo', SIZE.people, SIZE.posts]);
    const plaza = await startPlaza({ config, serve: false });
    try {
      const operator = plaza.operator.context();
      const user = plaza.services.client(userContract);
      const post = plaza.services.client(postContract);
      assert.equal((await user.statistics({}, operator)).accounts, SIZE.people);
      assert.equal((await post.statistics({}, operator)).posts, SIZE.posts);
      const { accounts } = await user.resolveUsernames({ usernames: ['demo'] }, operator);
      const demo = accounts[0]!;
      assert.notEqual(demo.avatar, null);
      const nowMs = systemClock.now();
      const context = {
        caller: { kind: 'account' as const, accountId: demo.id, sessionId: demo.id, role: 'user', scopes: ['read'] },
        deadlineMs: nowMs + 60_000,
        requestId: 'test',
      };
      const feed = plaza.services.client(feedContract);
      const { posts } = await feed.home({ page: { limit: 40 } }, context);
      assert.ok(posts.length > 20);
      const ages = posts.map(({ head }) => nowMs - head.createdMs);
      assert.ok(Math.max(...ages) > 7 * DAY_MS && Math.max(...ages) < 22 * DAY_MS);
      const bodies = (await post.getBodies({ ids: posts.map(({ target, head }) => (target ?? head).id) }, context))
        .bodies;
      const pictures = bodies.flatMap(({ media }) => media);
      assert.ok(
        pictures.length > 0 && pictures.every(({ description, blurhash }) => description !== '' && blurhash !== null),
      );
      const { counts } = await post.getCounts({ ids: bodies.map(({ id }) => id) }, context);
      assert.ok(counts.some(({ likes }) => likes > 0) && counts.some(({ replies }) => replies > 0));
      const { lists } = await feed.listLists({}, context);
      assert.equal(lists.length, 2);
    } finally {
      await plaza.stop();
    }
  });

  it('refuses to fill it a second time, unless it is forced, and then takes other names', async () => {
    await assert.rejects(
      runDemo(config, SIZE, () => {}),
      (error) => error instanceof DemoRefusal && /--force/.test(error.message),
    );
    const again = await runDemo(config, { ...SIZE, posts: 10, force: true }, () => {});
    assert.deepEqual([again.username, again.people], ['demo2', SIZE.people]);
  });

  it('refuses a folder that a Plaza runs on', async () => {
    const plaza = await startPlaza({ config });
    try {
      await assert.rejects(
        runDemo(config, SIZE, () => {}),
        (error) => error instanceof DemoRefusal && /runs on/.test(error.message),
      );
    } finally {
      await plaza.stop();
    }
  });
});
