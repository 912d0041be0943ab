import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestClock } from '#platform/clock/test-clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { bound } from '#ports/wide-column/bound.ts';
import { picture, uploadAs } from './media/testing.ts';
import { settle } from './testing/settle.ts';
import { as, draft, openStage, type Stage } from './testing/stage.ts';

const HOUR_MS = 3_600_000;

async function said(stage: Stage, author: string, clock: TestClock): Promise<string[]> {
  const { heads } = await stage.post.recentByAuthor({ accountId: author, before: null, limit: 50 }, as(null, clock));
  const { bodies } = await stage.post.getBodies({ ids: heads.map(({ id }) => id) }, as(null, clock));
  return bodies.map(({ text }) => text).sort();
}

test('a scheduled post that was written is done, whatever its author may do when that is noted', async () => {
  const folder = await temporaryFolder();
  const clock = new TestClock();
  let cut = false;
  const faults = {
    hit(point: string) {
      if (point !== 'schedule.after-publish' || cut) return;
      cut = true;
      stage.users.people.get(ada)!.state = 'suspended';
      throw new Error('something was away');
    },
  };
  const stage = await openStage({ folder: folder.path, clock, faults });
  const ada = stage.person('ada');
  const dueMs = clock.now() + HOUR_MS;
  await stage.post.schedule({ draft: draft('just once'), dueMs, idempotencyKey: 'key' }, as(ada, clock));
  await settle(stage, clock, HOUR_MS + 60_000);
  await settle(stage, clock, 60_000);
  assert.ok(cut);
  stage.users.people.get(ada)!.state = 'active';
  assert.deepEqual(await said(stage, ada, clock), ['just once']);
  assert.deepEqual((await stage.post.listScheduled({ page: { limit: 9 } }, as(ada, clock))).scheduled, []);
  await stage.close();
  await folder.remove();
});

test('asking again to schedule answers the scheduled post, also when its time is near', async () => {
  const folder = await temporaryFolder();
  const clock = new TestClock();
  const stage = await openStage({ folder: folder.path, clock });
  const ada = stage.person('ada');
  const input = { draft: draft('soon'), dueMs: clock.now() + 5 * 60_000 + 1_000, idempotencyKey: 'key' };
  const scheduled = await stage.post.schedule(input, as(ada, clock));
  clock.advance(10_000);
  assert.deepEqual(await stage.post.schedule(input, as(ada, clock)), scheduled);
  await assert.rejects(stage.post.schedule({ ...input, idempotencyKey: 'other' }, as(ada, clock)), {
    code: 'validation_failed',
  });
  await stage.close();
  await folder.remove();
});

test('the number of posts counts each once, whatever is told of it again', async () => {
  const folder = await temporaryFolder();
  const clock = new TestClock();
  const stage = await openStage({ folder: folder.path, clock });
  const { post } = stage;
  const ada = stage.person('ada');
  const total = async () => {
    await settle(stage, clock);
    return (await post.statistics({}, as(null, clock))).posts;
  };
  const make = () => post.create({ draft: draft('once'), idempotencyKey: 'key' }, as(ada, clock));
  const { head } = await make();
  await post.create({ draft: draft('another'), idempotencyKey: 'another' }, as(ada, clock));
  assert.equal(await total(), 2);
  const told: { id: string; key: string; body: string }[] = [];
  const listener = await stage.ports.bus.subscribe({
    group: 'listener',
    topics: ['post'],
    from: 'earliest',
    offsets: 'core',
    maxBatch: 10,
    async handle(events) {
      told.push(...events.map(({ id, key, body }) => ({ id, key, body })));
    },
  });
  await post.remove({ postId: head.id, deleteMedia: false }, as(ada, clock));
  assert.equal(await total(), 1);
  // What a relay does that was killed before it noted what it had published.
  await stage.ports.bus.publish('post', told);
  assert.equal(await total(), 1);
  await assert.rejects(make(), { code: 'not_found' });
  assert.equal(await total(), 1);
  await listener.stop();
  await stage.close();
  await folder.remove();
});

test('whoever has left or was suspended makes no more posts with a session that is still open', async () => {
  const folder = await temporaryFolder();
  const clock = new TestClock();
  const stage = await openStage({ folder: folder.path, clock });
  const ada = stage.person('ada');
  const post = () => stage.post.create({ draft: draft('too late'), idempotencyKey: 'key' }, as(ada, clock));
  for (const state of ['deactivated', 'suspended', 'deleted'] as const) {
    stage.users.people.get(ada)!.state = state;
    await assert.rejects(post(), { code: 'forbidden' });
  }
  stage.users.people.get(ada)!.state = 'active';
  await post();
  await stage.close();
  await folder.remove();
});

test('of edits that overlap, the history tells what each said', async () => {
  const folder = await temporaryFolder();
  const clock = new TestClock();
  const stage = await openStage({ folder: folder.path, clock });
  const ada = stage.person('ada');
  stage.person('bob');
  const { id: postId } = (await stage.post.create({ draft: draft('first'), idempotencyKey: 'k' }, as(ada, clock))).head;
  const edit = (text: string) => stage.post.edit({ postId, ...draft(text), mediaDetails: [] }, as(ada, clock));
  stage.users.whileResolving = async () => {
    stage.users.whileResolving = async () => {};
    await edit('second');
  };
  await edit('third, @bob');
  const { revisions } = await stage.post.getHistory({ postId }, as(ada, clock));
  assert.deepEqual(
    revisions.map(({ text }) => text),
    ['first', 'second', 'third, @bob'],
  );
  await stage.close();
  await folder.remove();
});

test('an edit that keeps a picture keeps it, although one that overlaps it let the picture go', async () => {
  const folder = await temporaryFolder();
  const clock = new TestClock();
  const stage = await openStage({ folder: folder.path, clock });
  const ada = stage.person('ada');
  stage.person('bob');
  const media = await uploadAs(stage, as(ada, clock), await picture());
  const words = (text: string, mediaIds: string[]) => draft(text, { mediaIds });
  const made = await stage.post.create({ draft: words('look', [media.id]), idempotencyKey: 'k' }, as(ada, clock));
  const edit = (text: string, mediaIds: string[]) =>
    stage.post.edit({ postId: made.head.id, ...words(text, mediaIds), mediaDetails: [] }, as(ada, clock));
  stage.users.whileResolving = async () => {
    stage.users.whileResolving = async () => {};
    await edit('no picture', []);
  };
  await edit('look, @bob', [media.id]);
  await assert.rejects(stage.post.deleteMedia({ mediaId: media.id }, as(ada, clock)), { code: 'validation_failed' });
  await stage.close();
  await folder.remove();
});

test('a repost whose undo was lost goes with the one that is acknowledged, however many were lost after it', async () => {
  const folder = await temporaryFolder();
  const clock = new TestClock();
  let failing = false;
  const stage = await openStage({
    folder: folder.path,
    clock,
    wideColumn: (embedded) => ({
      ...bound(embedded),
      write: (...args) =>
        failing ? Promise.reject(new PlazaError('unavailable', 'the store is away')) : embedded.write(...args),
    }),
  });
  const author = stage.person('author');
  const adaId = stage.person('ada');
  const ada = as(adaId, clock);
  const { id: postId } = (await stage.post.create({ draft: draft('said'), idempotencyKey: 'k' }, as(author, clock)))
    .head;
  const repost = () => stage.post.repost({ postId, visibility: 'public' }, ada);
  const undo = () => stage.post.undoRepost({ postId }, ada);
  const lose = async () => {
    failing = true;
    for (let nth = 0; nth < 40; nth++) {
      await assert.rejects(undo(), { code: 'unavailable' });
      await assert.rejects(repost(), { code: 'unavailable' });
    }
    failing = false;
  };
  const stands = async () => {
    await settle(stage, clock);
    const { heads } = await stage.post.recentByAuthor({ accountId: adaId, before: null, limit: 9 }, ada);
    const { counts } = await stage.post.getCounts({ ids: [postId] }, ada);
    return [heads.length, counts[0]!.reposts];
  };
  await repost();
  await lose();
  await undo();
  assert.deepEqual(await stands(), [0, 0]);
  await repost();
  await lose();
  await undo().catch(() => {});
  await repost();
  assert.deepEqual(await stands(), [1, 1]);
  await stage.close();
  await folder.remove();
});
