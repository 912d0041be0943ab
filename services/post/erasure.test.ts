import assert from 'node:assert/strict';
import { test } from 'node:test';
import { userEvents } from '#contracts/events/user.ts';
import { newEvent } from '#platform/outbox/event.ts';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { FakeUsers } from './testing/fake-users.ts';
import { as, draft, openStage } from './testing/stage.ts';

test('a deleted person’s posts and deeds go, also when the work is cut short, and others’ stay', async () => {
  const folder = await temporaryFolder();
  const users = new FakeUsers();
  let stage = await openStage({ folder: folder.path, users });
  const ada = stage.person('ada');
  const bob = stage.person('bob');
  const say = async (who: string, text: string, replyToId: string | null = null) =>
    (await stage.post.create({ draft: draft(text, { replyToId }), idempotencyKey: text }, as(who))).head.id;
  const question = await say(bob, 'what does ada say?');
  const own: string[] = [];
  for (let i = 0; i < 130; i++) own.push(await say(ada, `ada ${i} #mine`, question));
  const answer = await say(bob, 'bob answers', own[0]!);
  await stage.post.like({ postId: question }, as(ada));
  await stage.post.bookmark({ postId: question }, as(ada));
  const repost = await stage.post.repost({ postId: question, visibility: 'public' }, as(ada));
  await stage.post.repost({ postId: own[0]!, visibility: 'public' }, as(bob));
  await stage.post.pin({ postId: own[1]! }, as(ada));
  await stage.post.featureTag({ name: 'mine' }, as(ada));
  await stage.drain();
  const counts = async () => (await stage.post.getCounts({ ids: [question] }, as(null))).counts[0]!;
  assert.deepEqual(await counts(), { id: question, likes: 1, reposts: 1, replies: 130 });

  const event = newEvent(userEvents.UserDeleted, {
    id: stage.ids.next(),
    source: 'user',
    subject: ada,
    version: 2,
    timeMs: 0,
    data: { accountId: ada },
  });
  users.people.get(ada)!.state = 'deleted';
  await stage.ports.bus.publish('user', [event]);
  // Stopped in the middle of it, whatever that is: the note of it stays.
  await stage.close();
  stage = await openStage({ folder: folder.path, users });
  await stage.drain();
  await stage.drain();

  assert.deepEqual((await stage.post.getHeads({ ids: [...own, repost.head.id] }, as(null))).heads, []);
  assert.deepEqual((await stage.post.getBodies({ ids: own }, as(null))).bodies, []);
  assert.deepEqual((await stage.post.recentByAuthor({ accountId: ada, before: null, limit: 9 }, as(null))).heads, []);
  assert.deepEqual(await counts(), { id: question, likes: 0, reposts: 0, replies: 0 });
  assert.equal((await stage.post.getShown({ postId: answer }, as(bob))).head.id, answer);
  const listed = {
    accountId: bob,
    page: { limit: 20 },
    onlyMedia: false,
    excludeReplies: false,
    excludeReposts: false,
    pinned: false,
  };
  const left = (await stage.post.listByAuthor(listed, as(bob))).posts.map(({ head }) => head.id);
  assert.deepEqual(left, [answer, question]);
  assert.equal((await stage.post.statistics({}, as(null))).posts, 2);
  await stage.close();
  await folder.remove();
});
