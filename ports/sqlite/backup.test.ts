import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { backupFile } from './backup.ts';
import { openSqliteFile } from './open.ts';
import { temporaryFolder } from './testing.ts';

test('a backup is consistent though writes pour in', async () => {
  const folder = await temporaryFolder();
  const file = await openSqliteFile({ path: join(folder.path, 'a.db'), synchronous: 'FULL' });
  await file.define(
    'CREATE TABLE debit (id INTEGER PRIMARY KEY, pad TEXT) STRICT; CREATE TABLE credit (id INTEGER PRIMARY KEY) STRICT',
  );
  const transfer = (id: number) =>
    file.write([
      { sql: 'INSERT INTO debit VALUES (?, ?)', parameters: [id, 'p'.repeat(2_000)] },
      { sql: 'INSERT INTO credit VALUES (?)', parameters: [id] },
    ]);
  let next = 0;
  const some = () => Promise.all(Array.from({ length: 50 }, () => transfer(next++)));
  while (next < 5_000) await some();
  const before = next;
  let copying = true;
  const target = join(folder.path, 'copy.db');
  const copy = file.backup(target).finally(() => {
    copying = false;
  });
  while (copying) await some();
  await copy;
  await some();
  await file.close();

  const db = new DatabaseSync(target, { readOnly: true });
  const count = (table: string) => Number(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()!.n);
  assert.equal(db.prepare('PRAGMA integrity_check').get()!.integrity_check, 'ok');
  assert.equal(count('debit'), count('credit'));
  assert.ok(count('debit') >= before && count('debit') < next);
  db.close();
  await folder.remove();
});

test('a backup does not start again when somebody writes', async () => {
  const folder = await temporaryFolder();
  const path = join(folder.path, 'a.db');
  const db = new DatabaseSync(path);
  db.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (pad TEXT) STRICT');
  const write = db.prepare('INSERT INTO t VALUES (?)');
  for (let i = 0; i < 200; i++) write.run('p'.repeat(4_000));
  const remaining: number[] = [];
  await backupFile(path, join(folder.path, 'copy.db'), {
    pagesPerStep: 20,
    onStep(pages) {
      remaining.push(pages);
      if (remaining.length < 1_000) write.run('while the copy is made');
    },
  });
  assert.ok(remaining.length > 5);
  assert.deepEqual(
    remaining,
    remaining.toSorted((a, b) => b - a),
  );
  db.close();
  await folder.remove();
});
