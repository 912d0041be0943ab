import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { TestClock } from '#platform/clock/test-clock.ts';
import { openSqliteFile } from '#ports/sqlite/open.ts';
import type { SqliteFile } from '#ports/sqlite/port.ts';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { FINAL_VERSION, put, remove } from '../port.ts';
import { wideTable } from '../table.ts';
import { GRACE_MS } from './sweep.ts';
import { type SqliteWideColumn, sqliteWideColumn } from './wide-column.ts';

const posts = wideTable({
  name: 'posts',
  tier: 'core',
  partition: { id: 'id' },
  clustering: {},
  columns: { body: 'text' },
});
const feed = wideTable({
  name: 'feed',
  tier: 'derived',
  partition: { reader_id: 'id' },
  clustering: { post_id: { type: 'id', order: 'desc' } },
  columns: { reason: 'int' },
  ttlSeconds: 3_600,
});

const once = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

describe('sweeping', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let core: SqliteFile;
  let derived: SqliteFile;
  let clock: TestClock;
  let wide: SqliteWideColumn;
  before(async () => {
    folder = await temporaryFolder();
    core = await openSqliteFile({ path: join(folder.path, 'core.db'), synchronous: 'FULL' });
    derived = await openSqliteFile({ path: join(folder.path, 'derived.db'), synchronous: 'NORMAL' });
  });
  beforeEach(async () => {
    await wide?.close();
    clock = new TestClock();
    // Only the test sweeps: with this clock the hour never ends.
    const noHours = {
      now: () => clock.now(),
      monotonic: () => 0,
      wait: (_: number, stop?: AbortSignal) => once(stop!),
    };
    wide = sqliteWideColumn({ core, derived, clock: noHours });
    await wide.declare([posts, feed]);
    await core.write([{ sql: 'DELETE FROM wide_posts', parameters: [] }]);
    await derived.write([{ sql: 'DELETE FROM wide_feed', parameters: [] }]);
  });
  after(async () => {
    await wide.close();
    await core.close();
    await derived.close();
    await folder.remove();
  });

  const stored = () => [
    core.read('SELECT 1 FROM wide_posts', []).length,
    derived.read('SELECT 1 FROM wide_feed', []).length,
  ];
  const entry = (n: number) => put(feed, { reader_id: String(n), post_id: '1', reason: 1 }, 1);

  test('takes expired rows and tombstones after their grace, and nothing before', async () => {
    await wide.write(Array.from({ length: 2_500 }, (_, n) => entry(n)));
    await wide.write([
      put(posts, { id: '1', body: 'lives' }, 1),
      put(posts, { id: '2', body: 'goes' }, 1),
      remove(posts, { id: '2' }, 2),
    ]);
    clock.advance(GRACE_MS);
    assert.equal(await wide.sweep(), 0);
    clock.advance(1);
    assert.equal(await wide.sweep(), 1, 'the tombstone');
    clock.advance(3_600_000);
    assert.equal(await wide.sweep(), 2_500, 'the feed');
    assert.deepEqual(stored(), [1, 0]);
    assert.equal((await wide.get(posts, { id: '1' }))?.body, 'lives');
  });

  test('keeps a final removal from core for ever, and from derived for the grace', async () => {
    await wide.write([
      put(posts, { id: '3', body: 'deleted' }, 1),
      remove(posts, { id: '3' }, FINAL_VERSION),
      remove(feed, { reader_id: '3', post_id: '1' }, FINAL_VERSION),
    ]);
    clock.advance(100 * GRACE_MS);
    assert.equal(await wide.sweep(), 1);
    assert.deepEqual(stored(), [1, 0]);
    await wide.write([put(posts, { id: '3', body: 'deleted' }, 1)]);
    assert.equal(await wide.get(posts, { id: '3' }), undefined);
  });

  test('spares a row that was written anew', async () => {
    await wide.write([remove(posts, { id: '4' }, 1)]);
    await wide.write([put(posts, { id: '4', body: 'back' }, 2)]);
    clock.advance(10 * GRACE_MS);
    assert.equal(await wide.sweep(), 0);
    assert.equal((await wide.get(posts, { id: '4' }))?.body, 'back');
  });

  test('happens by itself every hour', async () => {
    const own = sqliteWideColumn({ core, derived, clock });
    await own.declare([posts, feed]);
    await own.write(Array.from({ length: 10 }, (_, n) => entry(n)));
    clock.advance(GRACE_MS + 2 * 3_600_000);
    // Each turn gives the sweep's jobs the time of one job of ours; a sweep that never comes ends the turns.
    for (let turn = 0; turn < 1_000 && stored()[1]! > 0; turn++) await derived.define('SELECT 1');
    await own.close();
    assert.deepEqual(stored(), [0, 0]);
  });

  test('finds its rows by the index', () => {
    const plan = derived.read<{ detail: string }>(
      'EXPLAIN QUERY PLAN SELECT reader_id, post_id FROM wide_feed WHERE _ends_at < ? ORDER BY _ends_at LIMIT ?',
      [1, 1],
    );
    assert.match(plan.map(({ detail }) => detail).join(), /USING (COVERING )?INDEX wide_feed__ends/);
  });
});
