import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { seededNumbers, testSeed } from '#tests/seed.ts';
import { ChangeMarks, markOf, SCHEMA_MARK } from './change-marks.ts';
import { openSqliteFile } from './open.ts';
import type { SqliteFile } from './port.ts';
import { ReadMemory } from './read-memory.ts';
import { temporaryFolder } from './testing.ts';

describe('reads that are remembered', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let file: SqliteFile;
  before(async () => {
    folder = await temporaryFolder();
    file = await openSqliteFile({ path: join(folder.path, 'a.db'), synchronous: 'NORMAL' });
    await file.define(`
      CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
      CREATE TABLE pet (id INTEGER PRIMARY KEY, owner INTEGER NOT NULL REFERENCES person ON DELETE CASCADE, name TEXT NOT NULL) STRICT;
      CREATE TABLE diary (line TEXT NOT NULL) STRICT;
      CREATE TRIGGER noted AFTER INSERT ON pet BEGIN INSERT INTO diary VALUES (new.name); END;`);
  });
  after(async () => {
    await file.close();
    await folder.remove();
  });

  const names = (sql: string) => file.remember<{ name: string }>(sql, []).map(({ name }) => name);
  const write = (sql: string, ...parameters: (string | number)[]) => file.write([{ sql, parameters }]);

  test('show what was written, by the statement itself, by a trigger, by a cascade and in a join', async () => {
    const pets = 'SELECT pet.name FROM pet JOIN person ON person.id = owner ORDER BY pet.id';
    const lines = 'SELECT line AS name FROM diary';
    await write('INSERT INTO person VALUES (1, ?)', 'Ada');
    assert.deepEqual([names(pets), names(lines)], [[], []]);
    await write('INSERT INTO pet VALUES (1, 1, ?)', 'Rex');
    assert.deepEqual([names(pets), names(lines)], [['Rex'], ['Rex']]);
    await write('UPDATE pet SET name = ?', 'Max');
    assert.deepEqual(names(pets), ['Max']);
    await write('DELETE FROM person WHERE id = 1');
    assert.deepEqual([names(pets), names('SELECT name FROM pet')], [[], []]);
  });

  test('are answered from memory while nothing changed, and are nobody else’s to change', async () => {
    await write('INSERT INTO person VALUES (7, ?)', 'Grace');
    const sql = 'SELECT name FROM person WHERE id = 7';
    const [first] = file.remember<{ name: string }>(sql, []);
    first!.name = 'changed by a caller';
    assert.deepEqual(names(sql), ['Grace']);
    const mark = markOf('person');
    const version = file.memory.version(mark);
    await write('INSERT INTO diary VALUES (?)', 'rain');
    assert.equal(file.memory.version(mark), version);
    await write('UPDATE person SET name = ?', 'Grace H.');
    assert.notEqual(file.memory.version(mark), version);
  });

  test('do not mix up parameters', async () => {
    const sql = 'SELECT ? AS name, ? AS other';
    const ask = (...parameters: (string | number | null)[]) => Object.values(file.remember(sql, parameters)[0]!);
    for (const pair of [
      ['a\0' + '1:b', 'c'],
      ['a', 'b\0' + '1:c'],
      ['1', 1],
      [1, '1'],
      [null, 'null'],
      ['null', null],
    ])
      assert.deepEqual(ask(...pair), pair);
  });

  const seed = testSeed();
  test(`equal the file at each moment, however writes and reads interleave (SEED=${seed})`, async () => {
    const next = seededNumbers(seed);
    const sql = 'SELECT name FROM person WHERE id = ?';
    const pending: Promise<unknown>[] = [];
    for (let step = 0; step < 3_000; step++) {
      const id = 100 + Math.floor(next() * 5);
      if (next() < 0.2) {
        pending.push(
          write('INSERT INTO person VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name', id, `v${step}`),
        );
      }
      if (next() < 0.1) await pending.shift();
      // The two reads see one state unless a commit falls between them; then the file is asked again.
      let before = file.read(sql, [id]);
      let remembered = file.remember(sql, [id]);
      for (
        let after = file.read(sql, [id]);
        JSON.stringify(after) !== JSON.stringify(before);
        after = file.read(sql, [id])
      ) {
        before = after;
        remembered = file.remember(sql, [id]);
      }
      assert.deepEqual(remembered, before);
    }
    await Promise.all(pending);
  });
});

test('nothing is used or kept while a commit is under way, or after the tables changed their shape', () => {
  const marks = new ChangeMarks();
  const writer = new ChangeMarks(marks.shared);
  const memory = new ReadMemory(marks);
  const recall = () => memory.recall('k', memory.version(5), 0);
  memory.keep('k', memory.version(5), [['old']], Number.POSITIVE_INFINITY);
  assert.deepEqual(recall(), [['old']]);
  writer.flip([5]);
  assert.equal(recall(), undefined);
  memory.keep('k', memory.version(5), [['half']], Number.POSITIVE_INFINITY);
  writer.flip([5]);
  assert.equal(recall(), undefined);
  memory.keep('k', memory.version(5), [['new']], Number.POSITIVE_INFINITY);
  assert.deepEqual(recall(), [['new']]);
  writer.flip([SCHEMA_MARK]);
  writer.flip([SCHEMA_MARK]);
  assert.equal(recall(), undefined);
});

test('what was read before a commit and kept after it is not used', () => {
  const marks = new ChangeMarks();
  const memory = new ReadMemory(marks);
  const version = memory.version(5);
  marks.flip([5]);
  marks.flip([5]);
  memory.keep('k', version, [['old']], Number.POSITIVE_INFINITY);
  assert.equal(memory.recall('k', memory.version(5), 0), undefined);
});

test('rows count until their end', () => {
  const memory = new ReadMemory(new ChangeMarks());
  memory.keep('k', memory.version(5), [['row']], 1_000);
  assert.deepEqual(memory.recall('k', memory.version(5), 999), [['row']]);
  assert.equal(memory.recall('k', memory.version(5), 1_000), undefined);
});

test('what is asked for again stays, what is not is forgotten', () => {
  const memory = new ReadMemory(new ChangeMarks());
  const keep = (key: string) => memory.keep(key, memory.version(5), [[key]], Number.POSITIVE_INFINITY);
  keep('wanted');
  keep('unwanted');
  for (let i = 0; i < 200_000; i++) {
    keep(`filler ${i}`);
    if (i % 1_000 === 0) assert.deepEqual(memory.recall('wanted', memory.version(5), 0), [['wanted']]);
  }
  assert.equal(memory.recall('unwanted', memory.version(5), 0), undefined);
});
