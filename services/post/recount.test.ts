import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestClock } from '#platform/clock/test-clock.ts';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { put } from '#ports/wide-column/port.ts';
import { COUNTED, POST_COUNTS, shardOf } from './store/tables.ts';
import { settle } from './testing/settle.ts';
import { as, draft, openStage } from './testing/stage.ts';

test('the hourly round mends wrong sums and reactions that were never counted', async () => {
  const folder = await temporaryFolder();
  const clock = new TestClock();
  const stage = await openStage({ folder: folder.path, clock });
  const { post, ports } = stage;
  const ada = stage.person('ada');
  const fans = Array.from({ length: 5 }, (_, i) => stage.person(`fan${i}`));
  const say = async (who: string, text: string, replyToId: string | null = null) =>
    (await post.create({ draft: draft(text, { replyToId }), idempotencyKey: text }, as(who, clock))).head.id;
  const postId = await say(ada, 'count me');
  for (const fan of fans) await post.like({ postId }, as(fan, clock));
  await post.repost({ postId, visibility: 'public' }, as(fans[0]!, clock));
  const reply = await say(fans[1]!, 'reply', postId);
  await settle(stage, clock);
  // People with an account are told what the tables say, also what this process did not write there.
  const counts = async () => (await post.getCounts({ ids: [postId] }, as(ada, clock))).counts[0]!;
  const right = { id: postId, likes: 5, reposts: 1, replies: 1 };
  assert.deepEqual(await counts(), right);

  // What a bug or a lost event would leave behind: a sum that is wrong, a like that is not known, a reply that never was.
  const wide = ports.wideColumn;
  const row = await wide.get(POST_COUNTS, { post_id: postId });
  await wide.write([put(POST_COUNTS, { ...row!, likes: 77, replies: 9 }, row!.position + 1)]);
  const lost = { post_id: postId, kind: 'like', shard: shardOf(fans[2]!), source_id: fans[2]! };
  const known = await wide.get(COUNTED, lost);
  await wide.write([put(COUNTED, { ...known!, active: false, revision: 1 }, known!.position + 1)]);
  const ghost = { post_id: postId, kind: 'reply', shard: shardOf('123'), source_id: '123' };
  await wide.write([put(COUNTED, { ...ghost, active: true, revision: 1, position: 1 }, 1)]);
  assert.equal((await counts()).likes, 77);
  await settle(stage, clock, 3_600_000);
  assert.deepEqual(await counts(), right);

  // A round over what is right says nothing.
  await post.remove({ postId: reply, deleteMedia: false }, as(fans[1]!, clock));
  await settle(stage, clock);
  const before = await wide.get(POST_COUNTS, { post_id: postId });
  await settle(stage, clock, 3_600_000);
  assert.deepEqual(await wide.get(POST_COUNTS, { post_id: postId }), before);
  assert.equal(before!.replies, 0);
  await stage.close();
  await folder.remove();
});
