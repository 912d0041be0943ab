import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { as, draft, openStage, type Stage } from './testing/stage.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let stage: Stage;
before(async () => {
  folder = await temporaryFolder();
  stage = await openStage({ folder: folder.path });
});
after(async () => {
  await stage.close();
  await folder.remove();
});

let keys = 0;
async function say(author: string, text: string, overrides = {}) {
  const shown = await stage.post.create({ draft: draft(text, overrides), idempotencyKey: `key-${keys++}` }, as(author));
  return shown.head;
}
const notFound = { code: 'not_found' };

test('a post is created, read, listed and told of', async () => {
  const { post, ports } = stage;
  const ada = stage.person('ada');
  const bob = stage.person('bob');
  const told: string[] = [];
  const listener = await ports.bus.subscribe({
    group: 'listener',
    topics: ['post'],
    from: 'latest',
    offsets: 'core',
    maxBatch: 10,
    async handle(events) {
      for (const { body } of events) told.push(JSON.parse(body).data.postId);
    },
  });
  const head = await say(ada, '  Hello @Bob and @nobody, see https://plaza.example/@ada #Plaza\r\nbye ', {
    language: 'en',
  });
  assert.deepEqual(head.mentionedIds, [bob]);
  assert.deepEqual((await post.getHeads({ ids: [head.id, '5'] }, as(null))).heads, [head]);
  const { bodies } = await post.getBodies({ ids: [head.id] }, as(null));
  assert.equal(bodies[0]!.text, 'Hello @Bob and @nobody, see https://plaza.example/@ada #Plaza\nbye');
  assert.deepEqual(bodies[0]!.tags, ['plaza']);
  assert.deepEqual(bodies[0]!.mentions, [{ accountId: bob, username: 'bob' }]);
  assert.deepEqual(await post.getShown({ postId: head.id }, as(null)), { head });
  const page = { limit: 20 };
  const wanted = {
    accountId: ada,
    page,
    onlyMedia: false,
    excludeReplies: false,
    excludeReposts: false,
    pinned: false,
  };
  assert.deepEqual((await post.listByAuthor(wanted, as(bob))).posts, [{ head }]);
  assert.deepEqual((await post.recentByAuthor({ accountId: ada, before: null, limit: 5 }, as(null))).heads, [head]);
  await stage.drain();
  assert.deepEqual(told, [head.id]);
  await listener.stop();
});

test('a deletion holds on every surface and answers what was deleted', async () => {
  const { post } = stage;
  const ada = stage.person('ada2');
  const bob = stage.person('bob2');
  const head = await say(ada, 'soon gone #tag');
  const repost = await post.repost({ postId: head.id, visibility: 'public' }, as(bob));
  await assert.rejects(post.remove({ postId: head.id, deleteMedia: false }, as(bob)), notFound);
  const removed = await post.remove({ postId: head.id, deleteMedia: false }, as(ada));
  assert.equal(removed.body.text, 'soon gone #tag');
  for (const postId of [head.id, repost.head.id]) await assert.rejects(post.getShown({ postId }, as(bob)), notFound);
  assert.deepEqual((await post.getHeads({ ids: [head.id] }, as(null))).heads, []);
  assert.deepEqual((await post.getBodies({ ids: [head.id] }, as(null))).bodies, []);
  assert.deepEqual((await post.recentByAuthor({ accountId: ada, before: null, limit: 5 }, as(null))).heads, []);
  await assert.rejects(post.remove({ postId: head.id, deleteMedia: false }, as(ada)), notFound);
});

test('a post for followers is seen by followers, those it mentions and its author', async () => {
  const { post, users } = stage;
  const ada = stage.person('ada3');
  const [fan, named, stranger] = [stage.person('fan3'), stage.person('named3'), stage.person('stranger3')];
  users.follow(fan, ada);
  const { id: postId } = await say(ada, 'psst @named3', { visibility: 'followers' });
  for (const who of [ada, fan, named]) assert.equal((await post.getShown({ postId }, as(who))).head.id, postId);
  for (const who of [stranger, null]) {
    await assert.rejects(post.getShown({ postId }, as(who)), notFound);
    await assert.rejects(post.getThread({ postId }, as(who)), notFound);
  }
  for (const act of [post.like, post.bookmark, post.unlike, post.muteThread]) {
    await assert.rejects(act({ postId }, as(stranger)), notFound);
  }
  await assert.rejects(post.repost({ postId, visibility: 'public' }, as(stranger)), notFound);
  await assert.rejects(post.repost({ postId, visibility: 'public' }, as(fan)), { code: 'forbidden' });
  await assert.rejects(say(stranger, 'what?', { replyToId: postId }), notFound);
  const own = await post.repost({ postId, visibility: 'public' }, as(ada));
  assert.equal(own.head.visibility, 'followers');
});

test('likes and reposts are counted at once for whoever makes them, and once for everybody', async () => {
  const { post } = stage;
  const ada = stage.person('ada4');
  const bob = stage.person('bob4');
  const { id: postId } = await say(ada, 'like me');
  const counts = async (who: string | null) => (await post.getCounts({ ids: [postId] }, as(who))).counts[0]!;
  await post.like({ postId }, as(bob));
  await post.like({ postId }, as(bob));
  const repost = await post.repost({ postId, visibility: 'public' }, as(bob));
  assert.deepEqual(await post.repost({ postId, visibility: 'unlisted' }, as(bob)), repost);
  assert.deepEqual(await counts(bob), { id: postId, likes: 1, reposts: 1, replies: 0 });
  await stage.drain();
  for (const who of [ada, bob, null])
    assert.deepEqual(await counts(who), { id: postId, likes: 1, reposts: 1, replies: 0 });
  const { states } = await post.getViewerStates({ ids: [postId] }, as(bob));
  assert.deepEqual(states, [
    { id: postId, liked: true, reposted: true, bookmarked: false, threadMuted: false, pinned: false },
  ]);
  await post.unlike({ postId }, as(bob));
  assert.equal((await post.undoRepost({ postId }, as(bob))).head.id, postId);
  await assert.rejects(post.getShown({ postId: repost.head.id }, as(bob)), notFound);
  assert.deepEqual(await counts(bob), { id: postId, likes: 0, reposts: 0, replies: 0 });
  const again = await post.repost({ postId, visibility: 'public' }, as(bob));
  assert.notEqual(again.head.id, repost.head.id);
  await stage.drain();
  assert.deepEqual(await counts(null), { id: postId, likes: 0, reposts: 1, replies: 0 });
});

test('a thread is read in order, without those who may not be seen', async () => {
  const { post, users } = stage;
  const [ada, bob, eve] = [stage.person('ada5'), stage.person('bob5'), stage.person('eve5')];
  const root = await say(ada, 'root');
  const first = await say(bob, 'first', { replyToId: root.id });
  const second = await say(eve, 'second', { replyToId: root.id });
  const below = await say(bob, 'below first', { replyToId: first.id });
  const own = await say(ada, 'root goes on', { replyToId: root.id });
  const ids = (posts: { head: { id: string } }[]) => posts.map(({ head }) => head.id);
  const thread = await post.getThread({ postId: root.id }, as(null));
  assert.deepEqual(ids(thread.descendants), [own.id, first.id, below.id, second.id]);
  const lower = await post.getThread({ postId: below.id }, as(null));
  assert.deepEqual(ids(lower.ancestors), [root.id, first.id]);
  assert.deepEqual(lower.descendants, []);
  users.mute(ada, bob);
  assert.deepEqual(ids((await post.getThread({ postId: root.id }, as(ada))).descendants), [own.id, second.id]);
  await stage.drain();
  assert.equal((await post.getCounts({ ids: [root.id] }, as(null))).counts[0]!.replies, 3);
  await post.remove({ postId: first.id, deleteMedia: false }, as(bob));
  await stage.drain();
  assert.equal((await post.getCounts({ ids: [root.id] }, as(null))).counts[0]!.replies, 2);
  assert.deepEqual(ids((await post.getThread({ postId: root.id }, as(null))).descendants), [own.id, second.id]);
});

test('the same key at the same time makes one post', async () => {
  const { post } = stage;
  const ada = stage.person('ada6');
  const calls = Array.from({ length: 20 }, () =>
    post.create({ draft: draft('only once'), idempotencyKey: 'the key' }, as(ada)),
  );
  const made = new Set((await Promise.all(calls)).map(({ head }) => head.id));
  assert.equal(made.size, 1);
  assert.equal((await post.recentByAuthor({ accountId: ada, before: null, limit: 5 }, as(null))).heads.length, 1);
  const [id] = made;
  await post.remove({ postId: id!, deleteMedia: false }, as(ada));
  await assert.rejects(post.create({ draft: draft('only once'), idempotencyKey: 'the key' }, as(ada)), notFound);
  assert.deepEqual((await post.getHeads({ ids: [id!] }, as(null))).heads, []);
});
