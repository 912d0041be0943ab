import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { PlazaError } from '#platform/errors/errors.ts';
import { GuardFailed } from '#ports/relational/port.ts';
import { SqliteError } from './errors.ts';
import { openSqliteFile } from './open.ts';
import { MAX_QUEUED_ROWS, type SqliteFile, type SqliteStatement } from './port.ts';
import { temporaryFolder } from './testing.ts';
import { countRows, hangUp, neverExported, returnsAFunction } from './testing-scripts.ts';

describe('group commit', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let file: SqliteFile;
  before(async () => {
    folder = await temporaryFolder();
    file = await openSqliteFile({ path: join(folder.path, 'a.db'), synchronous: 'FULL' });
    await file.define('CREATE TABLE t (id INTEGER PRIMARY KEY, body ANY) STRICT; CREATE INDEX t_by_body ON t (body)');
  });
  after(async () => {
    await file.close();
    await folder.remove();
  });

  const insert = (id: number, body: SqliteStatement['parameters'][number] = 'x'): SqliteStatement => ({
    sql: 'INSERT INTO t VALUES (?, ?)',
    parameters: [id, body],
  });
  const has = (id: number) => file.read('SELECT 1 FROM t WHERE id = ?', [id]).length === 1;

  test('undoes one failing job alone, whatever kind it is', async () => {
    await file.write([insert(1)]);
    const jobs = Array.from({ length: 400 }, (_, i) => {
      const id = 1_000 + i * 2;
      switch (i % 8) {
        case 0:
          return file.write([insert(id), insert(id + 1), insert(1)]);
        case 1:
          return file.write([insert(id), { ...insert(id + 1), expect: 2 }]);
        case 2:
          return file.writeRows([{ sql: insert(0).sql, width: 2, values: [id, 'x', id + 1, 'y', 1, 'z'] }]);
        case 3:
          return file.write([insert(id), { sql: 'this is no SQL', parameters: [] }]);
        case 4:
          return file.write([insert(id), insert(id + 1)]);
        case 5:
          return file.writeRows([{ sql: insert(0).sql, width: 2, values: [id, 'x', id + 1, 'y'], sortBy: 1 }]);
        case 6:
          return file.write([{ sql: 'INSERT INTO t VALUES (?, ?), (?, ?), (1, 2)', parameters: [id, 1, id + 1, 1] }]);
        default:
          return file.write([{ sql: 'INSERT INTO t VALUES (?, ?), (?, ?)', parameters: [id, 1, id + 1, 1] }]);
      }
    });
    const results = await Promise.allSettled(jobs);
    results.forEach((result, i) => {
      const kept = [4, 5, 7].includes(i % 8);
      assert.equal(result.status, kept ? 'fulfilled' : 'rejected', `job ${i}`);
      assert.deepEqual([has(1_000 + i * 2), has(1_001 + i * 2)], [kept, kept], `job ${i}`);
      if (result.status === 'rejected' && i % 8 === 1) assert.ok(result.reason instanceof GuardFailed);
      if (result.status === 'rejected' && i % 8 === 0) {
        assert.ok(result.reason instanceof SqliteError);
        assert.equal(result.reason.errcode, 1_555, 'SQLITE_CONSTRAINT_PRIMARYKEY');
      }
    });
  });

  test('keeps the order of calls', async () => {
    await file.write([insert(2, 'start')]);
    const steps = Array.from({ length: 500 }, (_, i) =>
      file.write([
        { sql: 'UPDATE t SET body = ? WHERE id = 2 AND body = ?', parameters: [i, i === 0 ? 'start' : i - 1] },
      ]),
    );
    for (const [outcome] of await Promise.all(steps)) assert.equal(outcome!.changed, 1);
  });

  test('lets a caller hear alone of what cannot travel', async () => {
    const odd = (() => 1) as unknown as number;
    const [first, second, third] = await Promise.allSettled([
      file.write([insert(10)]),
      file.run(countRows, { above: odd }),
      file.write([insert(12)]),
    ]);
    assert.deepEqual([first.status, second.status, third.status], ['fulfilled', 'rejected', 'fulfilled']);
    assert.deepEqual([has(10), has(12)], [true, true]);
  });

  test('refuses parameters that SQLite would take for something else', async () => {
    const odd = [{}, { body: 1 }, [], true, undefined, Number.NaN, new Date(0), Symbol('s')] as unknown as number[];
    for (const value of odd) {
      const statement = { sql: 'UPDATE t SET body = ?', parameters: [value] };
      await assert.rejects(file.write([statement]), /Parameter 1 cannot be/);
      await assert.rejects(async () => file.writeRows([{ sql: statement.sql, width: 1, values: [value] }]));
      assert.throws(() => file.read('SELECT 1 WHERE ? IS NULL', [value]), /Parameter 1 cannot be/);
      await assert.rejects(file.scan('SELECT 1 WHERE ? IS NULL', [value]));
    }
    assert.deepEqual(file.read('SELECT body FROM t WHERE id = 10', []), [{ body: 'x' }]);
  });

  test('carries blobs, also those that are part of a larger buffer', async () => {
    const part = Buffer.from('0123456789').subarray(2, 5);
    await file.write([insert(20, part), insert(21, new Uint8Array(0))]);
    const bodies = file.read<{ body: Uint8Array }>('SELECT body FROM t WHERE id IN (20, 21) ORDER BY id', []);
    assert.deepEqual(
      bodies.map(({ body }) => Buffer.from(body).toString()),
      ['234', ''],
    );
  });

  test('takes ids as decimal text without losing a digit', async () => {
    const id = '9223372036854775807';
    await file.write([{ sql: 'INSERT INTO t VALUES (?, ?)', parameters: [id, 'largest'] }]);
    assert.deepEqual(file.read('SELECT CAST(id AS TEXT) AS id FROM t WHERE id = ?', [id]), [{ id }]);
    assert.deepEqual(file.read('SELECT body FROM t WHERE id = ?', [BigInt(id)]), [{ body: 'largest' }]);
    assert.throws(() => file.read('SELECT id FROM t WHERE id = ?', [id]), RangeError);
    await file.write([{ sql: 'DELETE FROM t WHERE id = ?', parameters: [id] }]);
  });

  test('refuses to wait for ever: the queue is bounded', async () => {
    const values = Array.from({ length: MAX_QUEUED_ROWS * 2 }, (_, i) => (i % 2 === 0 ? 5_000_000 + i : 'row'));
    const large = file.writeRows([{ sql: insert(0).sql, width: 2, values }]);
    await assert.rejects(
      file.write([insert(30)]),
      (error) => error instanceof PlazaError && error.code === 'unavailable',
    );
    await large;
    await file.write([insert(30)]);
    assert.ok(has(30));
  });

  test('runs scripts, and tells when a module or a result is at fault', async () => {
    assert.equal(await file.run(countRows, { above: 4_999_999 }), MAX_QUEUED_ROWS);
    await assert.rejects(file.run(neverExported, {}), /exports no script "neverExported"/);
    await assert.rejects(file.run({ ...countRows, module: 'file:///no/such/module.ts' }, { above: 1 }), /module/i);
    await assert.rejects(file.run(returnsAFunction, {}), /its result cannot leave the thread/);
    const [bad, good] = await Promise.allSettled([
      file.run(returnsAFunction, {}),
      file.run(countRows, { above: 1e12 }),
    ]);
    assert.deepEqual([bad.status, good.status], ['rejected', 'fulfilled']);
  });

  test('scans beside the writer, and refuses to write there', async () => {
    const writes = Array.from({ length: 200 }, (_, i) => file.write([insert(6_000_000 + i)]));
    const scans = Array.from({ length: 6 }, () =>
      file.scan<{ n: number }>('SELECT count(*) AS n FROM t WHERE id >= ?', [6_000_000]),
    );
    const counts = (await Promise.all(scans)).map(([row]) => row!.n);
    for (const count of counts) assert.ok(count >= 0 && count <= 200);
    await Promise.all(writes);
    assert.deepEqual(await file.scan('SELECT count(*) AS n FROM t WHERE id >= ?', [6_000_000]), [{ n: 200 }]);
    await assert.rejects(file.scan('DELETE FROM t', []), /readonly/);
    assert.throws(() => file.read('DELETE FROM t', []), /readonly/);
    await assert.rejects(file.scan('SELECT * FROM nowhere', []), /nowhere/);
  });

  test('finishes on close what was accepted, and folds the log away', async () => {
    const path = join(folder.path, 'closing.db');
    const closing = await openSqliteFile({ path, synchronous: 'FULL' });
    await closing.define('CREATE TABLE t (id INTEGER PRIMARY KEY) STRICT');
    const writes = Array.from({ length: 300 }, (_, i) =>
      closing.write([{ sql: 'INSERT INTO t VALUES (?)', parameters: [i] }]),
    );
    const closed = closing.close();
    await assert.rejects(closing.write([{ sql: 'INSERT INTO t VALUES (999)', parameters: [] }]), /is closed/);
    await Promise.all([...writes, closed, closing.close()]);
    const again = await openSqliteFile({ path, synchronous: 'FULL' });
    assert.deepEqual(again.read('SELECT count(*) AS n FROM t', []), [{ n: 300 }]);
    await again.close();
  });

  test('rejects everyone who waits when the writer thread dies', async () => {
    const path = join(folder.path, 'dying.db');
    const dying = await openSqliteFile({ path, synchronous: 'FULL' });
    await dying.define('CREATE TABLE t (id INTEGER PRIMARY KEY) STRICT');
    const insertOne = (id: number) => dying.write([{ sql: 'INSERT INTO t VALUES (?)', parameters: [id] }]);
    await insertOne(1);
    const results = await Promise.allSettled([insertOne(2), dying.run(hangUp, {}), insertOne(3)]);
    for (const result of results) {
      assert.equal(result.status, 'rejected');
      assert.match(String((result as PromiseRejectedResult).reason), /takes no more writes/);
    }
    assert.match((await dying.failed).message, /takes no more writes/);
    await assert.rejects(insertOne(4), (error) => error instanceof PlazaError && error.code === 'unavailable');
    await dying.close();
    const again = await openSqliteFile({ path, synchronous: 'FULL' });
    assert.deepEqual(again.read('SELECT id FROM t', []), [{ id: 1 }]);
    await again.close();
  });
});
