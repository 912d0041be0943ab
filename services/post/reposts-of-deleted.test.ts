import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noFaults } from '#platform/faults/faults.ts';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { endRepostsOfNothing } from './reposts-of-deleted.ts';
import { as, draft, openStage } from './testing/stage.ts';

test('reposts of a deleted post go with it, and others stay', async () => {
  const folder = await temporaryFolder();
  const stage = await openStage({ folder: folder.path });
  const ada = stage.person('ada');
  const fans = Array.from({ length: 40 }, (_, i) => stage.person(`fan${i}`));
  const say = async (text: string) =>
    (await stage.post.create({ draft: draft(text), idempotencyKey: text }, as(ada))).head.id;
  const doomed = await say('doomed');
  const kept = await say('kept');
  const repost = async (postId: string, who: string) =>
    (await stage.post.repost({ postId, visibility: 'public' }, as(who))).head.id;
  for (const fan of fans) await repost(doomed, fan);
  const standing = await repost(kept, fans[0]!);
  await stage.post.remove({ postId: doomed, deleteMedia: false }, as(ada));
  await stage.drain();
  const left = await Promise.all(
    fans.map((fan) => stage.post.recentByAuthor({ accountId: fan, before: null, limit: 9 }, as(null))),
  );
  assert.deepEqual(
    left.flatMap(({ heads }) => heads.map(({ id }) => id)),
    [standing],
  );
  await stage.close();
  await folder.remove();
});

test('a repost that was told of after its post had gone is ended, once', async () => {
  const ended: string[] = [];
  const tools = {
    clock: { now: () => 0 } as never,
    faults: noFaults,
    deeds: { reactors: async () => [] },
    posts: { heads: async (ids: readonly string[]) => ids.map((id) => (id === '1' ? undefined : ({ id } as never))) },
    reposting: {
      async undoFor(actorId: string, targetId: string) {
        ended.push(`${actorId} ${targetId}`);
      },
    },
  };
  const told = [
    { reposterId: '7', repostOfId: '1' },
    { reposterId: '8', repostOfId: '2' },
    { reposterId: '9', repostOfId: '1' },
  ];
  await endRepostsOfNothing(tools, told);
  assert.deepEqual(ended, ['7 1', '9 1']);
});
