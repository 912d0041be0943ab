import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { allRows, StatementCache } from './statements.ts';

test('prepared statements are kept while they are used, and made-up ones are forgotten', () => {
  const cache = new StatementCache(new DatabaseSync(':memory:'));
  const hot = cache.get('SELECT 1 AS hot');
  for (let i = 0; i < 5_000; i++) {
    assert.deepEqual(allRows(cache.get(`SELECT ${i} AS n`), []), [{ n: i }]);
    assert.equal(cache.get('SELECT 1 AS hot'), hot);
    assert.ok(cache.size <= 1_001);
  }
});

test('a statement is known for what it does', () => {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE t (a INTEGER)');
  const cache = new StatementCache(db);
  const kinds = {
    'SELECT a FROM t': 'read',
    'WITH x AS (SELECT 1) SELECT * FROM x': 'read',
    'INSERT INTO t VALUES (1)': 'change',
    'DELETE FROM t RETURNING a': 'returning',
    '  insert into t values (2) returning a': 'returning',
    'WITH x AS (SELECT 3 AS a) INSERT INTO t SELECT a FROM x RETURNING a': 'returning',
  };
  for (const [sql, kind] of Object.entries(kinds)) assert.equal(cache.get(sql).kind, kind, sql);
});

test('rows are plain objects whatever their columns are called', () => {
  const cache = new StatementCache(new DatabaseSync(':memory:'));
  const [row] = allRows(cache.get('SELECT 1 AS "__proto__", 2 AS "a\'b\\c", 3 AS "x`$y"'), []);
  assert.deepEqual(Object.entries(row!), [
    ['__proto__', 1],
    ["a'b\\c", 2],
    ['x`$y', 3],
  ]);
});
