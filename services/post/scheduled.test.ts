import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { TestClock } from '#platform/clock/test-clock.ts';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { FakeUsers } from './testing/fake-users.ts';
import { settle } from './testing/settle.ts';
import { as, draft, openStage, type Stage } from './testing/stage.ts';

const HOUR_MS = 3_600_000;
const refused = { code: 'validation_failed' };

async function said(stage: Stage, author: string, clock: TestClock): Promise<string[]> {
  const { heads } = await stage.post.recentByAuthor({ accountId: author, before: null, limit: 50 }, as(null, clock));
  const { bodies } = await stage.post.getBodies({ ids: heads.map(({ id }) => id) }, as(null, clock));
  return bodies.map(({ text }) => text).sort();
}

test('scheduled posts come at their time, after a restart too, and can be moved and cancelled', async () => {
  const folder = await temporaryFolder();
  const clock = new TestClock();
  const users = new FakeUsers();
  let stage = await openStage({ folder: folder.path, clock, users });
  const ada = stage.person('ada');
  const bob = stage.person('bob');
  const later = (text: string, aheadMs: number) =>
    stage.post.schedule({ draft: draft(text), dueMs: clock.now() + aheadMs, idempotencyKey: text }, as(ada, clock));
  await assert.rejects(later('too soon', 60_000), refused);
  await assert.rejects(later(' ', HOUR_MS), refused);
  const [one, two, three] = [
    await later('one', HOUR_MS),
    await later('two', 2 * HOUR_MS),
    await later('three', HOUR_MS),
  ];
  assert.deepEqual(await later('one', HOUR_MS), one);
  const { scheduled } = await stage.post.listScheduled({ page: { limit: 2 } }, as(ada, clock));
  assert.deepEqual(
    scheduled.map(({ id }) => id),
    [three.id, two.id],
  );
  for (const act of [stage.post.getScheduled, stage.post.cancelScheduled]) {
    await assert.rejects(act({ id: one.id }, as(bob, clock)), { code: 'not_found' });
  }
  await stage.post.cancelScheduled({ id: three.id }, as(ada, clock));
  await stage.post.reschedule({ id: two.id, dueMs: clock.now() + 3 * HOUR_MS }, as(ada, clock));
  await settle(stage, clock, HOUR_MS - 120_000);
  assert.deepEqual(await said(stage, ada, clock), []);
  await settle(stage, clock, 240_000);
  assert.deepEqual(await said(stage, ada, clock), ['one']);
  await stage.close();

  clock.advance(30 * HOUR_MS);
  stage = await openStage({ folder: folder.path, clock, users });
  await settle(stage, clock);
  assert.deepEqual(await said(stage, ada, clock), ['one', 'two']);
  assert.deepEqual((await stage.post.listScheduled({ page: { limit: 9 } }, as(ada, clock))).scheduled, []);
  await stage.close();
  await folder.remove();
});

test('what can no longer be published stays with its author and can be given another try', async () => {
  const folder = await temporaryFolder();
  const clock = new TestClock();
  const stage = await openStage({ folder: folder.path, clock });
  const ada = stage.person('ada');
  const bob = stage.person('bob');
  const parent = await stage.post.create({ draft: draft('ask me'), idempotencyKey: 'parent' }, as(bob, clock));
  const dueMs = clock.now() + HOUR_MS;
  const input = { draft: draft('answer', { replyToId: parent.head.id }), dueMs, idempotencyKey: 'reply' };
  const { id } = await stage.post.schedule(input, as(ada, clock));
  stage.users.block(bob, ada);
  await settle(stage, clock, HOUR_MS + 60_000);
  assert.deepEqual(await said(stage, ada, clock), []);
  assert.equal((await stage.post.getScheduled({ id }, as(ada, clock))).id, id);
  stage.users.blocks.clear();
  await stage.post.reschedule({ id, dueMs: clock.now() + HOUR_MS }, as(ada, clock));
  await settle(stage, clock, HOUR_MS + 60_000);
  assert.deepEqual(await said(stage, ada, clock), ['answer']);
  await stage.close();
  await folder.remove();
});

test('there is room for so many on one day', async () => {
  const folder = await temporaryFolder();
  const clock = new TestClock();
  const stage = await openStage({ folder: folder.path, clock });
  const ada = stage.person('ada');
  const tries = Array.from({ length: 30 }, (_, i) =>
    stage.post.schedule(
      { draft: draft(`post ${i}`), dueMs: clock.now() + HOUR_MS, idempotencyKey: `key ${i}` },
      as(ada, clock),
    ),
  );
  const outcomes = await Promise.allSettled(tries);
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 25);
  await stage.close();
  await folder.remove();
});

const CHILD = fileURLToPath(new URL('./testing/schedule-child.ts', import.meta.url));

for (const point of ['schedule.before-publish', 'schedule.after-publish', 'post.after-write']) {
  test(`a scheduled post whose process ends at ${point} is published once`, async () => {
    const folder = await temporaryFolder();
    const clock = new TestClock();
    const users = new FakeUsers();
    let stage = await openStage({ folder: folder.path, clock, users });
    const ada = stage.person('ada');
    const dueMs = clock.now() + HOUR_MS;
    await stage.post.schedule({ draft: draft('just once'), dueMs, idempotencyKey: 'key' }, as(ada, clock));
    await stage.close();

    const child = spawn(process.execPath, [CHILD, folder.path, point, ada, String(dueMs)], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    const [, signal] = await once(child, 'close');
    assert.equal(signal, 'SIGKILL', errors);

    // Longer than an idempotency key is kept.
    clock.advance(50 * HOUR_MS);
    stage = await openStage({ folder: folder.path, clock, users });
    await settle(stage, clock);
    assert.deepEqual(await said(stage, ada, clock), ['just once']);
    assert.deepEqual((await stage.post.listScheduled({ page: { limit: 9 } }, as(ada, clock))).scheduled, []);
    await stage.close();
    await folder.remove();
  });
}
