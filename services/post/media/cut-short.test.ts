import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { userEvents } from '#contracts/events/user.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { TestClock } from '#platform/clock/test-clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { snowflakeIds } from '#platform/ids/ids.ts';
import { newEvent } from '#platform/outbox/event.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import { queryBuilder } from '#ports/relational/builder.ts';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { bound } from '#ports/wide-column/bound.ts';
import type { WideColumn } from '#ports/wide-column/port.ts';
import { as, draft, openStage, type StageOptions } from '../testing/stage.ts';
import type { MediaRow } from './row.ts';
import { keep, reserve } from './scripts/store.ts';
import type { MediaTables } from './tables.ts';
import { objectKeys, picture, tableCounts, uploadAs } from './testing.ts';
import { CHECK_CLAIMS_AFTER_MS, STORING_MS, UPLOAD_MS } from './times.ts';

const CHILD = fileURLToPath(new URL('./upload-child.ts', import.meta.url));

async function withStage(options: Omit<StageOptions, 'folder'> = {}) {
  const folder = await temporaryFolder();
  const stage = await openStage({ folder: folder.path, ...options });
  return {
    stage,
    async [Symbol.asyncDispose]() {
      await stage.close();
      await folder.remove();
    },
  };
}

test('a process that ends when the files stand and the row does not leaves nothing for long', async () => {
  const folder = await temporaryFolder();
  const ownerId = snowflakeIds(systemClock, 2).next();
  const child = spawn(process.execPath, [CHILD, folder.path, ownerId], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [errors, output] = [text(child.stderr), text(child.stdout)];
  const [, signal] = await once(child, 'close');
  assert.equal(signal, 'SIGKILL', await errors);
  assert.match(await errors, /fault point reached: media.after-store/);
  assert.equal(await output, '');

  const open = async (offsetMs: number) => {
    const clock: Clock = { ...systemClock, now: () => systemClock.now() + offsetMs };
    const stage = await openStage({ folder: folder.path, clock });
    await stage.drain();
    const found = { keys: (await objectKeys(stage)).length, tables: await tableCounts(stage) };
    await stage.close();
    return found;
  };
  // At first, the upload may still be going on for all that anybody knows: its files and its room are kept.
  const soon = await open(0);
  assert.equal(soon.keys, 3);
  assert.deepEqual({ ...soon.tables, bytes: soon.tables.bytes > 0 }, { media: 0, loose: 1, bytes: true });
  const late = await open(Math.max(STORING_MS, UPLOAD_MS) + 1_000);
  assert.deepEqual(late, { keys: 0, tables: { media: 0, loose: 0, bytes: 0 } });
  await folder.remove();
});

test('files that were given up while they were stored do not become media, and those that became media are not given up', async () => {
  const clock = new TestClock();
  await using opened = await withStage({ clock });
  const { stage } = opened;
  const { relational, objects } = stage.ports;
  const ada = stage.person('ada');
  const made = await uploadAs(stage, as(ada, clock), await picture());
  const id = stage.ids.next();
  const dueMs = clock.now() + STORING_MS;
  await relational.run(reserve, { id, ownerId: ada, bytes: 10, quotaBytes: 1_000_000, dueMs });
  await objects.put(`media/${id}/original.png`, Buffer.from('x'), { contentType: 'image/png' });
  clock.advance(STORING_MS);
  await stage.drain();
  const [row] = await relational.query<MediaRow>(
    queryBuilder<MediaTables>().selectFrom('post_media').selectAll().where('id', '=', made.id),
  );
  const late = relational.run(keep, { row: { ...row!, id }, quotaBytes: 1_000_000 });
  await assert.rejects(late, { code: 'timeout' });
  assert.deepEqual(await tableCounts(stage), { media: 1, loose: 0, bytes: made.sizeBytes });
  assert.equal((await objectKeys(stage)).length, 2);
});

test('media whose post was never written are free again, and swept', async () => {
  const clock = new TestClock();
  let failing = false;
  const wideColumn = (wide: WideColumn): WideColumn => ({
    ...bound(wide),
    write(...args) {
      if (failing) return Promise.reject(new PlazaError('unavailable', 'the store is away'));
      return wide.write(...args);
    },
  });
  await using opened = await withStage({ clock, wideColumn });
  const { stage } = opened;
  const ada = stage.person('ada');
  const context = () => as(ada, clock);
  const { id: mediaId } = await uploadAs(stage, context(), await picture());
  failing = true;
  await assert.rejects(
    stage.post.create({ draft: draft('lost', { mediaIds: [mediaId] }), idempotencyKey: 'a' }, context()),
    { code: 'unavailable' },
  );
  failing = false;
  assert.notEqual((await stage.post.getMedia({ mediaId }, context())).postId, null);
  clock.advance(CHECK_CLAIMS_AFTER_MS);
  await stage.drain();
  assert.equal((await stage.post.getMedia({ mediaId }, context())).postId, null);
  const { head } = await stage.post.create(
    { draft: draft('found', { mediaIds: [mediaId] }), idempotencyKey: 'b' },
    context(),
  );
  clock.advance(2 * LIMITS.unusedMediaMs);
  await stage.drain();
  assert.equal((await stage.post.getMedia({ mediaId }, context())).postId, head.id);
});

test('of a person who is gone, no media are left, and those of others stay', async () => {
  await using opened = await withStage();
  const { stage } = opened;
  const [ada, bob] = [stage.person('ada'), stage.person('bob')];
  const small = await picture(8, 8);
  const used = await uploadAs(stage, as(ada), small);
  await stage.post.create({ draft: draft('hers', { mediaIds: [used.id] }), idempotencyKey: 'a' }, as(ada));
  await uploadAs(stage, as(ada), small);
  const his = await uploadAs(stage, as(bob), small);
  const gone = newEvent(userEvents.UserDeleted, {
    id: stage.ids.next(),
    source: 'user',
    subject: ada,
    version: 2,
    timeMs: 0,
    data: { accountId: ada },
  });
  // Twice is once.
  await stage.ports.bus.publish('user', [gone]);
  await stage.ports.bus.publish('user', [gone]);
  await stage.drain();
  await stage.drain();
  const expected = [`media/${his.id}/original.png`, `media/${his.id}/small.jpg`];
  assert.deepEqual((await objectKeys(stage)).sort(), expected);
  assert.deepEqual(await tableCounts(stage), { media: 1, loose: 0, bytes: his.sizeBytes });
});
