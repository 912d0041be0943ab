import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { PostHead } from '#contracts/model/post.ts';
import type { PostService } from '#contracts/services/post.ts';
import { TestClock } from '#platform/clock/test-clock.ts';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { FINAL_VERSION } from '#ports/wide-column/port.ts';
import { POST_HISTORY } from './store/tables.ts';
import { settle } from './testing/settle.ts';
import { as, draft, openStage, type Stage } from './testing/stage.ts';

type Edit = Parameters<PostService['edit']>[0];

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
async function say(author: string, text: string, overrides = {}): Promise<PostHead> {
  const input = { draft: draft(text, overrides), idempotencyKey: `key-${keys++}` };
  return (await stage.post.create(input, as(author))).head;
}

function edited(postId: string, text: string, overrides: Partial<Edit> = {}): Edit {
  return {
    postId,
    text,
    contentWarning: '',
    sensitive: false,
    language: null,
    mediaIds: [],
    mediaDetails: [],
    poll: null,
    ...overrides,
  };
}

test('an edit changes what a post says, keeps what it said, and moves its hashtags and mentions', async () => {
  const { post } = stage;
  const ada = stage.person('ada');
  const bob = stage.person('bob');
  const eve = stage.person('eve');
  const { id } = await say(ada, 'one #one @bob', { visibility: 'followers' });
  await post.getShown({ postId: id }, as(bob));
  await assert.rejects(post.edit(edited(id, 'mine'), as(bob)), { code: 'not_found' });
  await assert.rejects(post.edit(edited(id, ' '), as(ada)), { code: 'validation_failed' });
  const { head } = await post.edit(edited(id, 'two #two @eve', { contentWarning: 'careful' }), as(ada));
  assert.equal(head.version, 2);
  assert.deepEqual(head.mentionedIds, [eve]);
  await assert.rejects(post.getShown({ postId: id }, as(bob)), { code: 'not_found' });
  const [body] = (await post.getBodies({ ids: [id] }, as(null))).bodies;
  assert.deepEqual(
    [body!.text, body!.contentWarning, body!.sensitive, body!.version, body!.tags],
    ['two #two @eve', 'careful', true, 2, ['two']],
  );
  assert.ok(body!.editedMs! >= body!.createdMs);
  const listed = {
    accountId: ada,
    page: { limit: 20 },
    onlyMedia: false,
    excludeReplies: false,
    excludeReposts: false,
    pinned: false,
  };
  const tagged = async (tag: string) => (await post.listByAuthor({ ...listed, tag }, as(ada))).posts.length;
  assert.deepEqual([await tagged('one'), await tagged('two')], [0, 1]);
  const { revisions } = await post.getHistory({ postId: id }, as(eve));
  assert.deepEqual(
    revisions.map(({ text }) => text),
    ['two #two @eve'],
  );
  assert.equal((await post.edit(edited(id, 'two #two @eve', { contentWarning: 'careful' }), as(ada))).head.version, 2);
});

test('edits at the same time are all in the history, and one of them stands whole', async () => {
  const { post } = stage;
  const ada = stage.person('ada2');
  const { id } = await say(ada, 'first');
  const texts = Array.from({ length: 10 }, (_, i) => `edit ${i} #tag${i}`);
  await Promise.all(texts.map((text) => post.edit(edited(id, text), as(ada))));
  const { revisions } = await post.getHistory({ postId: id }, as(null));
  assert.deepEqual(revisions.map(({ text }) => text).sort(), [...texts, 'first'].sort());
  const [head] = (await post.getHeads({ ids: [id] }, as(null))).heads;
  const [body] = (await post.getBodies({ ids: [id] }, as(null))).bodies;
  const [listed] = (await post.recentByAuthor({ accountId: ada, before: null, limit: 1 }, as(null))).heads;
  assert.equal(head!.version, 11);
  assert.equal(body!.version, 11);
  assert.equal(body!.text, revisions.at(-1)!.text);
  assert.deepEqual(listed, head);
});

test('a deletion is final under edits and creations that come after it or at the same time', async () => {
  const { post, ports, running } = stage;
  const ada = stage.person('ada3');
  for (let round = 0; round < 10; round++) {
    const text = `round ${round} #gone`;
    const input = { draft: draft(text), idempotencyKey: `round ${round}` };
    const { id } = (await post.create(input, as(ada))).head;
    const late = [
      post.edit(edited(id, 'changed #gone'), as(ada)),
      post.remove({ postId: id, deleteMedia: false }, as(ada)),
      post.create(input, as(ada)),
      post.edit(edited(id, 'changed again #gone'), as(ada)),
    ];
    const [, removed] = await Promise.allSettled(late);
    assert.equal(removed!.status, 'fulfilled');
    await assert.rejects(post.edit(edited(id, 'late'), as(ada)), { code: 'not_found' });
    await assert.rejects(post.create(input, as(ada)), { code: 'not_found' });
    assert.deepEqual((await post.getHeads({ ids: [id] }, as(null))).heads, []);
    assert.deepEqual((await post.getBodies({ ids: [id] }, as(null))).bodies, []);
    await running.drain();
    await stage.drain();
    assert.deepEqual(await ports.wideColumn.range(POST_HISTORY, { post_id: id }, { limit: 10 }), []);
  }
  assert.deepEqual((await post.recentByAuthor({ accountId: ada, before: null, limit: 9 }, as(null))).heads, []);
  assert.deepEqual(await tagUses('gone'), 0);
  assert.equal(FINAL_VERSION, Number.MAX_SAFE_INTEGER);
});

test('an edit that was begun before a deletion and ends after it changes nothing', async () => {
  const { post, users, ports } = stage;
  const ada = stage.person('ada6');
  const { id } = await say(ada, 'private');
  users.whileResolving = async () => {
    users.whileResolving = async () => {};
    await post.remove({ postId: id, deleteMedia: false }, as(ada));
    await stage.drain();
  };
  await assert.rejects(post.edit(edited(id, 'still private @ada6'), as(ada)), { code: 'not_found' });
  assert.deepEqual((await post.getHeads({ ids: [id] }, as(null))).heads, []);
  assert.deepEqual(await ports.wideColumn.range(POST_HISTORY, { post_id: id }, { limit: 10 }), []);
});

async function tagUses(name: string): Promise<number> {
  const { tags } = await stage.post.getHashtags({ names: [name] }, as(null));
  return tags[0]!.days.reduce((sum, { uses }) => sum + uses, 0);
}

test('hashtags count public posts and people once, and forget deleted posts', async () => {
  const { post } = stage;
  const ada = stage.person('ada4');
  const bob = stage.person('bob4');
  const first = await say(ada, '#Counted and #counted');
  await say(ada, 'again #counted');
  await say(bob, 'me too #counted #countess');
  await say(bob, 'quiet #counted', { visibility: 'unlisted' });
  await stage.drain();
  const today = async () => (await post.getHashtags({ names: ['#Counted'] }, as(null))).tags[0]!.days[0]!;
  assert.deepEqual([(await today()).uses, (await today()).accounts], [3, 2]);
  await post.remove({ postId: first.id, deleteMedia: false }, as(ada));
  await stage.drain();
  assert.deepEqual([(await today()).uses, (await today()).accounts], [2, 2]);
  const found = await post.searchHashtags({ prefix: '#COUNT', offset: 0, limit: 10 }, as(null));
  assert.deepEqual(
    found.tags.map(({ name }) => name),
    ['counted', 'countess'],
  );
  const featured = await post.featureTag({ name: '#Counted' }, as(bob));
  assert.deepEqual([featured.name, featured.posts], ['counted', 2]);
  assert.deepEqual(await post.featureTag({ name: 'counted' }, as(bob)), featured);
  assert.equal((await post.listFeaturedTags({ accountId: bob }, as(null))).tags.length, 1);
  await assert.rejects(post.unfeatureTag({ id: featured.id }, as(ada)), { code: 'not_found' });
  await post.unfeatureTag({ id: featured.id }, as(bob));
  assert.equal((await post.listFeaturedTags({ accountId: bob }, as(null))).tags.length, 0);
});

test('one pins a few of one’s own posts', async () => {
  const { post } = stage;
  const ada = stage.person('ada5');
  const bob = stage.person('bob5');
  const ids: string[] = [];
  for (let i = 0; i < 6; i++) ids.push((await say(ada, `pin ${i}`)).id);
  await assert.rejects(post.pin({ postId: ids[0]! }, as(bob)), { code: 'validation_failed' });
  const { head } = await post.repost({ postId: ids[0]!, visibility: 'public' }, as(ada));
  await assert.rejects(post.pin({ postId: head.id }, as(ada)), { code: 'validation_failed' });
  const tries = await Promise.allSettled(ids.map((postId) => post.pin({ postId }, as(ada))));
  assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 5);
  const listed = {
    accountId: ada,
    page: { limit: 20 },
    onlyMedia: false,
    excludeReplies: false,
    excludeReposts: false,
    pinned: true,
  };
  const pinned = async () => (await post.listByAuthor(listed, as(bob))).posts.map(({ head }) => head.id);
  const five = await pinned();
  assert.equal(five.length, 5);
  await post.unpin({ postId: five[0]! }, as(ada));
  await post.remove({ postId: five[1]!, deleteMedia: false }, as(ada));
  assert.deepEqual((await pinned()).sort(), five.slice(2).sort());
  const { states } = await post.getViewerStates({ ids: five }, as(ada));
  assert.deepEqual(
    states.map(({ pinned }) => pinned),
    [false, false, true, true, true],
  );
});

test('an edit that is cut off before its poll changes it all the same', async () => {
  const own = await temporaryFolder();
  let cut = 0;
  const faults = {
    hit(point: string) {
      if (point === 'post.before-poll' && ++cut <= 2) throw new Error('killed here');
    },
  };
  const clock = new TestClock();
  const { post, ...rest } = await openStage({ folder: own.path, faults, clock });
  const ada = rest.person('ada');
  const bob = rest.person('bob');
  const question = { options: ['tea', 'coffee'], multiple: false, hideTotals: false, expiresInSeconds: 3_600 };
  const input = { draft: draft('What?', { poll: question }), idempotencyKey: 'poll' };
  const { id } = (await post.create(input, as(ada, clock))).head;
  await post.vote({ pollId: id, choices: [0] }, as(bob, clock));
  const other = edited(id, 'What?', { poll: { ...question, options: ['milk', 'juice', 'water'] } });
  await assert.rejects(post.edit(other, as(ada, clock)));
  await settle({ post, ...rest }, clock);
  const [poll] = (await post.getPolls({ pollIds: [id] }, as(bob, clock))).polls;
  assert.deepEqual(
    poll!.options.map(({ title, votes }) => [title, votes]),
    [
      ['milk', 0],
      ['juice', 0],
      ['water', 0],
    ],
  );
  const { revisions } = await post.getHistory({ postId: id }, as(ada, clock));
  assert.deepEqual(revisions.at(-1)!.pollOptions, ['milk', 'juice', 'water']);
  await assert.rejects(post.edit(edited(id, 'What?'), as(ada, clock)));
  await settle({ post, ...rest }, clock);
  assert.deepEqual((await post.getPolls({ pollIds: [id] }, as(bob, clock))).polls, []);
  assert.equal(cut, 2);
  await rest.close();
  await own.remove();
});

test('an edit that was cut off before its poll and is asked for again is one revision', async () => {
  const own = await temporaryFolder();
  let cut = false;
  const faults = {
    hit(point: string) {
      if (point !== 'post.before-poll' || cut) return;
      cut = true;
      throw new Error('killed here');
    },
  };
  const clock = new TestClock();
  const { post, ...rest } = await openStage({ folder: own.path, faults, clock });
  const ada = rest.person('ada');
  const question = { options: ['tea', 'coffee'], multiple: false, hideTotals: false, expiresInSeconds: 3_600 };
  const input = { draft: draft('What?', { poll: question }), idempotencyKey: 'poll' };
  const { id } = (await post.create(input, as(ada, clock))).head;
  const other = edited(id, 'What?', { poll: { ...question, options: ['milk', 'juice'] } });
  // While the event of the first waits, so nothing else has changed the poll.
  rest.ports.bus.publish = () => Promise.reject(new Error('the bus is away'));
  await assert.rejects(post.edit(other, as(ada, clock)));
  await post.edit(other, as(ada, clock));
  const [poll] = (await post.getPolls({ pollIds: [id] }, as(ada, clock))).polls;
  const titles = ({ title }: { title: string }) => title;
  assert.deepEqual(poll!.options.map(titles), ['milk', 'juice']);
  const { revisions } = await post.getHistory({ postId: id }, as(ada, clock));
  assert.deepEqual(
    revisions.map(({ pollOptions }) => pollOptions),
    [
      ['tea', 'coffee'],
      ['milk', 'juice'],
    ],
  );
  await rest.close();
  await own.remove();
});
