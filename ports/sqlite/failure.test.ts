import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { PlazaError } from '#platform/errors/errors.ts';
import { openSqliteFile } from './open.ts';
import type { SqliteFile } from './port.ts';
import { temporaryFolder } from './testing.ts';

describe('a file that cannot go on', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  before(async () => {
    folder = await temporaryFolder();
  });
  after(() => folder.remove());

  test('says so when the disk is full, and keeps exactly what it acknowledged', async () => {
    const path = join(folder.path, 'full.db');
    const file = await openSqliteFile({ path, synchronous: 'FULL', maxPages: 80 });
    await file.define('CREATE TABLE t (id INTEGER PRIMARY KEY, half INTEGER, body TEXT) STRICT');
    const acknowledged: number[] = [];
    const body = 'x'.repeat(3_000);
    const sql = 'INSERT INTO t VALUES (?, ?, ?)';
    const pair = async (id: number) => {
      await file.write([
        { sql, parameters: [id * 2, 0, body] },
        { sql, parameters: [id * 2 + 1, 1, body] },
      ]);
      acknowledged.push(id * 2, id * 2 + 1);
    };
    const results = await Promise.allSettled(Array.from({ length: 200 }, (_, id) => pair(id)));
    // One group took all: then none is kept. Smaller groups come before the full one.
    const rejected = results.filter((result) => result.status === 'rejected');
    assert.ok(rejected.length > 0);
    for (const { reason } of rejected) {
      assert.ok(reason instanceof PlazaError);
      assert.equal(reason.code, 'unavailable');
      assert.match(reason.message, /the disk is full/);
    }
    assert.match((await file.failed).message, /the disk is full/);
    await assert.rejects(pair(1_000), /the disk is full/);
    const ids = (from: SqliteFile) => from.read<{ id: number }>('SELECT id FROM t ORDER BY id', []).map(({ id }) => id);
    assert.deepEqual(ids(file), acknowledged, 'reads go on');
    await file.close();
    const again = await openSqliteFile({ path, synchronous: 'FULL' });
    assert.deepEqual(ids(again), acknowledged);
    await again.write([{ sql, parameters: [5_000, 0, 'there is room again'] }]);
    await again.close();
  });

  test('keeps what came before the disk was full', async () => {
    const file = await openSqliteFile({ path: join(folder.path, 'later.db'), synchronous: 'FULL', maxPages: 80 });
    await file.define('CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT) STRICT');
    const write = (id: number) =>
      file.write([{ sql: 'INSERT INTO t VALUES (?, ?)', parameters: [id, 'y'.repeat(5_000)] }]);
    let kept = 0;
    await assert.rejects(async () => {
      for (; ; kept++) await write(kept);
    }, /the disk is full/);
    assert.ok(kept > 5);
    assert.deepEqual(file.read('SELECT count(*) AS n FROM t', []), [{ n: kept }]);
    await file.close();
  });

  test('cannot be opened: a folder that is missing, a file that is something else', async () => {
    await assert.rejects(
      openSqliteFile({ path: join(folder.path, 'no', 'such.db'), synchronous: 'FULL' }),
      /such.db cannot be opened: unable to open/,
    );
    const path = join(folder.path, 'text.db');
    writeFileSync(path, 'This is a letter, not a database. '.repeat(100));
    await assert.rejects(openSqliteFile({ path, synchronous: 'FULL' }), /not a database/);
  });

  test('refuses a backup onto something that exists', async () => {
    const file = await openSqliteFile({ path: join(folder.path, 'source.db'), synchronous: 'FULL' });
    const target = join(folder.path, 'precious.txt');
    writeFileSync(target, 'precious');
    await assert.rejects(file.backup(target), (error) => error instanceof PlazaError && error.code === 'conflict');
    await assert.rejects(file.backup(join(folder.path, 'no', 'such', 'backup.db')));
    assert.ok(!existsSync(`${target}.part`));
    await file.close();
  });
});
