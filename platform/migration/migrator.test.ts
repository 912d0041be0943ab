import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { systemClock } from '#platform/clock/system-clock.ts';
import { systemRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { sqliteRelational } from '#ports/relational/sqlite/relational.ts';
import { put, remove, type WideColumn } from '#ports/wide-column/port.ts';
import { migratingWideColumn } from './migrating-wide-column.ts';
import { type Journey, Migrator } from './migrator.ts';
import { byHundred, entry, entryByHundred, sampleStore } from './testing.ts';
import type { MigratorTools } from './tools.ts';
import { type MigrationWatch, watchMigrations } from './watch.ts';

const QUICK: Journey = { rowsPerSecond: 1_000_000, repair: false };

describe('a migration', () => {
  let store: Awaited<ReturnType<typeof sampleStore>>;
  let wide: WideColumn;
  let watch: MigrationWatch;
  let tools: MigratorTools;
  const reports: string[] = [];
  const migrator = (journey = QUICK) => new Migrator(tools, byHundred, journey);
  const row = (n: number, said = 1) => ({ reader: `reader-${n % 7}`, at: n, word: 'w', said });
  const newKey = (n: number) => ({ reader: `reader-${n % 7}`, hundred: Math.floor(n / 100), at: n, word: 'w' });

  before(async () => {
    store = await sampleStore();
    const relational = sqliteRelational(store.core);
    // Pauses are short here: nothing that is waited for takes long.
    const clock = { ...systemClock, wait: (ms: number, signal?: AbortSignal) => systemClock.wait(ms / 50, signal) };
    const [random, log] = [systemRandom, createLog('silent')];
    watch = await watchMigrations({ relational, clock, random, log, names: [byHundred.name], alone: true });
    wide = migratingWideColumn(store.wide, [byHundred], watch);
    await wide.declare([entry]);
    const report = (step: string, done: number, total: number) => void reports.push(`${step} ${done}/${total}`);
    // Others have their turn as well: reads of this store answer at once.
    const letLook = async () => {
      await watch.refresh();
      await new Promise((resolve) => setImmediate(resolve));
    };
    const means = { relational, clock, random, log, letLook, report };
    tools = { wide: store.wide, partitionsPerPage: 2, ...means };
    await wide.write(Array.from({ length: 1_500 }, (_, n) => put(entry, row(n), 1)));
  });
  after(async () => {
    await watch.stop();
    await store.remove();
  });

  test('begins with nothing in the new form, whatever stood there', async () => {
    await store.wide.write([put(entryByHundred, { ...newKey(5_000), said: '9' }, 9)]);
    await migrator().forward('write-both');
    assert.equal(await store.wide.get(entryByHundred, newKey(5_000)), undefined);
    assert.equal((await migrator().state()).phase, 1);
  });

  test('copies what was there, over nothing that is newer, and shows how far it is', async () => {
    await wide.write([put(entry, row(3, 8), 8), remove(entry, { reader: 'reader-4', at: 4, word: 'w' }, 8)]);
    await migrator().forward('backfill');
    assert.deepEqual(
      reports.filter((line) => line.startsWith('Copying')),
      ['Copying 0/0', 'Copying 2/7', 'Copying 4/7', 'Copying 6/7', 'Copying 7/7'],
    );
    assert.equal((await store.wide.get(entryByHundred, newKey(3)))?.said, '8');
    assert.equal(await store.wide.get(entryByHundred, newKey(4)), undefined);
    assert.equal((await store.wide.get(entryByHundred, newKey(1_499)))?.said, '1');
  });

  test('goes no further while the forms differ, says where, and mends what it is told to', async () => {
    // As writes of unknown fate leave it: in one form alone, or older in one.
    await store.wide.write([
      remove(entryByHundred, newKey(10), 3),
      put(entry, row(11, 4), 4),
      put(entryByHundred, { ...newKey(6_000), said: '2' }, 2),
    ]);
    await assert.rejects(migrator().forward('read-new'), (error: { description: string }) => {
      assert.match(error.description, /^3 of 1499 rows differ; entries-by-hundred goes no further/);
      assert.match(error.description, /sample_entry \{"reader":"reader-3","at":10,"word":"w"\}: version 1 is missing/);
      assert.match(error.description, /"at":11,"word":"w"\}: version 4, and 1 in the other form/);
      assert.match(error.description, /sample_entry_by_hundred .*"at":6000,"word":"w"\}: version 2 is missing/);
      return true;
    });
    assert.equal((await migrator().state()).phase, 1);

    const told = await migrator({ ...QUICK, repair: true }).compare();
    assert.match(told.join(), /the forms are the same, after 3 were mended/);
    assert.equal(await store.wide.get(entry, { reader: 'reader-3', at: 10, word: 'w' }), undefined, 'its removal won');
    assert.equal((await store.wide.get(entryByHundred, newKey(11)))?.said, '4');
    assert.equal((await store.wide.get(entry, row6000()))?.said, 2, 'what may have been acknowledged is kept');
    await migrator().forward('read-new');
    assert.equal((await migrator().state()).phase, 2);
  });

  test('comes back from the new form with all that was written to it alone', async () => {
    await migrator().forward('stop-old');
    await wide.write([put(entry, row(20, 9), 9), remove(entry, { reader: 'reader-0', at: 21, word: 'w' }, 9)]);
    assert.equal((await store.wide.get(entry, { reader: 'reader-6', at: 20, word: 'w' }))?.said, 1);
    await migrator().back();
    assert.deepEqual([(await migrator().state()).phase, (await migrator().state()).filled], [2, true]);
    await migrator().back();
    await migrator().back();
    assert.equal((await migrator().state()).phase, 0);
    assert.equal((await wide.get(entry, { reader: 'reader-6', at: 20, word: 'w' }))?.said, 9);
    assert.equal(await wide.get(entry, { reader: 'reader-0', at: 21, word: 'w' }), undefined);
    assert.deepEqual((await store.wide.partitions(entryByHundred, { limit: 1 })).partitions, []);
    await assert.rejects(migrator().back(), /has not begun/);
  });

  test('is moved by one at a time', async () => {
    const [one, other] = await Promise.allSettled([migrator().forward('compare'), migrator().forward('compare')]);
    assert.ok(one.status === 'fulfilled' && other.status === 'fulfilled', 'the second waits for the first');
    assert.equal((await migrator().state()).filled, true);
  });

  function row6000() {
    return { reader: 'reader-1', at: 6_000, word: 'w' };
  }
});
