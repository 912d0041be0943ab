import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Cursors, Page } from '#contracts/model/common.ts';
import type { ShownPost } from '#contracts/model/post.ts';
import { TestClock } from '#platform/clock/test-clock.ts';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { as, draft, openStage, type Stage } from './testing/stage.ts';

const DAY_MS = 86_400_000;
const clock = new TestClock();
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let stage: Stage;
before(async () => {
  folder = await temporaryFolder();
  stage = await openStage({ folder: folder.path, clock });
});
after(async () => {
  await stage.close();
  await folder.remove();
});

type List = (page: Page) => Promise<{ posts: ShownPost[]; cursors: Cursors }>;

/** All ids of a list, page after page: downwards from the newest, and upwards from the oldest. */
async function walk(list: List, limit: number): Promise<{ down: string[]; up: string[] }> {
  const down: string[] = [];
  const up: string[] = [];
  for (let page: Page = { limit }; ; ) {
    const { posts, cursors } = await list(page);
    down.push(...posts.map(({ head }) => head.id));
    if (cursors.olderThan === undefined) break;
    page = { limit, maxId: cursors.olderThan };
  }
  for (let page: Page = { limit, minId: '1' }; ; ) {
    const { posts, cursors } = await list(page);
    up.unshift(...posts.map(({ head }) => head.id));
    if (cursors.newerThan === undefined || cursors.newerThan === page.minId) break;
    page = { limit, minId: cursors.newerThan };
  }
  return { down, up };
}

test('lists go on through months without skipping or repeating', async () => {
  const { post } = stage;
  const ada = stage.person('ada');
  const bob = stage.person('bob');
  const ids: string[] = [];
  for (let i = 0; i < 24; i++) {
    clock.advance(7 * DAY_MS);
    const replyToId = i % 5 === 4 ? ids[0]! : null;
    const input = { draft: draft(`post ${i} #${i % 2 === 0 ? 'even' : 'odd'}`, { replyToId }), idempotencyKey: `${i}` };
    ids.push((await post.create(input, as(i === 0 ? bob : ada, clock))).head.id);
  }
  const own = ids.slice(1).reverse();
  const listed = { accountId: ada, onlyMedia: false, excludeReplies: false, excludeReposts: false, pinned: false };
  const all = await walk((page) => post.listByAuthor({ ...listed, page }, as(bob, clock)), 4);
  assert.deepEqual(all, { down: own, up: own });

  const roots = own.filter((id) => ids.indexOf(id) % 5 !== 4);
  const withoutReplies = await walk(
    (page) => post.listByAuthor({ ...listed, excludeReplies: true, page }, as(bob, clock)),
    4,
  );
  assert.deepEqual(withoutReplies, { down: roots, up: roots });

  const even = own.filter((id) => ids.indexOf(id) % 2 === 0);
  const tagged = await walk((page) => post.listByAuthor({ ...listed, tag: '#Even', page }, as(bob, clock)), 3);
  assert.deepEqual(tagged, { down: even, up: even });

  const { heads } = await post.recentByAuthor({ accountId: ada, before: own[2]!, limit: 6 }, as(null, clock));
  assert.deepEqual(
    heads.map(({ id }) => id),
    own.slice(3, 9),
  );
});

test('liked and bookmarked posts come in the order in which they were, through months', async () => {
  const { post } = stage;
  const ada = stage.person('ada2');
  const bob = stage.person('bob2');
  const ids: string[] = [];
  for (let i = 0; i < 20; i++) {
    const input = { draft: draft(`post ${i}`), idempotencyKey: `${i}` };
    ids.push((await post.create(input, as(ada, clock))).head.id);
  }
  const order = ids.map((_, i) => ids[(i * 7) % 20]!);
  for (const postId of order) {
    clock.advance(6 * DAY_MS);
    await post.like({ postId }, as(bob, clock));
    await post.bookmark({ postId }, as(bob, clock));
  }
  // Done again, a like keeps its place; undone and done again, it comes first.
  await post.like({ postId: order[3]! }, as(bob, clock));
  await post.unlike({ postId: order[4]! }, as(bob, clock));
  await post.unlike({ postId: order[5]! }, as(bob, clock));
  await post.like({ postId: order[5]! }, as(bob, clock));
  await post.remove({ postId: order[6]!, deleteMedia: false }, as(ada, clock));
  const gone = new Set([order[4], order[5], order[6]]);
  const liked = [...order.filter((id) => !gone.has(id)), order[5]!].reverse();
  const likes = await walk((page) => post.listLiked({ page }, as(bob, clock)), 3);
  assert.deepEqual(likes, { down: liked, up: liked });
  const kept = order.filter((id) => id !== order[6]).reverse();
  const bookmarks = await walk((page) => post.listBookmarked({ page }, as(bob, clock)), 7);
  assert.deepEqual(bookmarks, { down: kept, up: kept });
  assert.deepEqual((await post.listLiked({ page: { limit: 5 } }, as(ada, clock))).posts, []);
});

test('those who liked a post come page by page, each once', async () => {
  const { post } = stage;
  const ada = stage.person('ada3');
  const fans = Array.from({ length: 30 }, (_, i) => stage.person(`fan${i}`));
  const input = { draft: draft('like me'), idempotencyKey: 'likes' };
  const postId = (await post.create(input, as(ada, clock))).head.id;
  for (const fan of fans) await post.like({ postId }, as(fan, clock));
  for (const fan of fans.slice(10, 14)) await post.unlike({ postId }, as(fan, clock));
  const standing = [...fans.slice(0, 10), ...fans.slice(14)].reverse();
  const found: string[] = [];
  for (let page: Page = { limit: 4 }; ; ) {
    const { accountIds, cursors } = await post.listLikers({ postId, page }, as(null, clock));
    found.push(...accountIds);
    if (cursors.olderThan === undefined) break;
    page = { limit: 4, maxId: cursors.olderThan };
  }
  assert.deepEqual(found, standing);
});

test('a muted thread is muted on all its posts', async () => {
  const { post } = stage;
  const ada = stage.person('ada4');
  const root = (await post.create({ draft: draft('root'), idempotencyKey: 'root' }, as(ada, clock))).head;
  const input = { draft: draft('reply', { replyToId: root.id }), idempotencyKey: 'reply' };
  const reply = (await post.create(input, as(ada, clock))).head;
  await post.muteThread({ postId: reply.id }, as(ada, clock));
  const muted = async () => {
    const { states } = await post.getViewerStates({ ids: [root.id, reply.id] }, as(ada, clock));
    return states.map(({ threadMuted }) => threadMuted);
  };
  assert.deepEqual(await muted(), [true, true]);
  await post.unmuteThread({ postId: root.id }, as(ada, clock));
  assert.deepEqual(await muted(), [false, false]);
});
