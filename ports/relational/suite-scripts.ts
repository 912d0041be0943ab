/** Tables and scripts of the conformance suite. Scripts stand in a module of their own, which a writer thread can import. */
import { invalid } from '#platform/errors/errors.ts';
import { queryBuilder } from './builder.ts';
import { changedBy, GuardFailed, type Migrations, rowOf, rowsOf, script } from './port.ts';

export interface SuiteTables {
  items: { id: string; body: string; rank: number | null };
  edges: { kind: string; from_id: string; to_id: string };
  counters: { name: string; value: number };
  shifts: { doctor: string; on_call: number };
}

export const db = queryBuilder<SuiteTables>();

export const suiteMigrations: Migrations = {
  '001-items': [
    'CREATE TABLE items (id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL, rank BIGINT)',
    'CREATE INDEX items_by_rank ON items (rank)',
  ],
  '002-edges': [
    'CREATE TABLE edges (kind TEXT NOT NULL, from_id TEXT NOT NULL, to_id TEXT NOT NULL, PRIMARY KEY (kind, from_id, to_id))',
    'CREATE TABLE counters (name TEXT NOT NULL PRIMARY KEY, value BIGINT NOT NULL)',
    'CREATE TABLE shifts (doctor TEXT NOT NULL PRIMARY KEY, on_call BIGINT NOT NULL)',
  ],
};

interface Pair {
  readonly from: string;
  readonly to: string;
}

function edge(kind: string, { from, to }: Pair) {
  return db
    .selectFrom('edges')
    .selectAll()
    .where('kind', '=', kind)
    .where('from_id', '=', from)
    .where('to_id', '=', to);
}

/** Follows unless blocked. Writes another row than it reads: the shape of write skew. */
export const follow = script(import.meta.url, 'follow', function* (pair: Pair) {
  const blocked = yield* rowOf(edge('block', { from: pair.to, to: pair.from }));
  if (blocked !== undefined) return false;
  yield db
    .insertInto('edges')
    .values({ kind: 'follow', from_id: pair.from, to_id: pair.to })
    .onConflict((c) => c.doNothing());
  return true;
});

/** Blocks, and ends the other side's follow if there is one. */
export const block = script(import.meta.url, 'block', function* (pair: Pair) {
  const followed = yield* rowOf(edge('follow', { from: pair.to, to: pair.from }));
  if (followed !== undefined) {
    yield db
      .deleteFrom('edges')
      .where('kind', '=', 'follow')
      .where('from_id', '=', pair.to)
      .where('to_id', '=', pair.from);
  }
  yield db
    .insertInto('edges')
    .values({ kind: 'block', from_id: pair.from, to_id: pair.to })
    .onConflict((c) => c.doNothing());
  return followed !== undefined;
});

/** Goes home if somebody else stays. */
export const goHome = script(import.meta.url, 'goHome', function* ({ doctor }: { doctor: string }) {
  const onCall = yield* rowsOf(db.selectFrom('shifts').select('doctor').where('on_call', '=', 1));
  if (onCall.length < 2) return false;
  yield db.updateTable('shifts').set({ on_call: 0 }).where('doctor', '=', doctor);
  return true;
});

/** Reads a counter and writes the next value. */
export const increment = script(import.meta.url, 'increment', function* ({ name }: { name: string }) {
  const row = yield* rowOf(db.selectFrom('counters').select('value').where('name', '=', name));
  const value = Number(row?.value ?? 0) + 1;
  if (row === undefined) yield db.insertInto('counters').values({ name, value });
  else yield db.updateTable('counters').set({ value }).where('name', '=', name);
  return value;
});

export const writeThenRead = script(import.meta.url, 'writeThenRead', function* ({ id }: { id: string }) {
  const changed = yield* changedBy(db.insertInto('items').values({ id, body: 'fresh', rank: null }));
  const rows = yield* rowsOf(db.selectFrom('items').selectAll().where('id', '=', id));
  const none = yield* rowOf(db.selectFrom('items').selectAll().where('id', '=', `${id} of nobody`));
  const updated = yield db.updateTable('items').set({ body: 'later' }).where('id', '=', id).returning(['id', 'body']);
  return { changed, rows, none: none ?? null, returned: updated.rows, returnedChanged: updated.changed };
});

/** Writes, then throws what `how` says. */
export const writeThenThrow = script(
  import.meta.url,
  'writeThenThrow',
  function* ({ id, how }: { id: string; how: 'plaza' | 'guard' | 'error' | 'constraint' }) {
    yield db.insertInto('items').values({ id, body: 'must not stay', rank: 1 });
    if (how === 'plaza') throw invalid('handle', 'ERR_TAKEN', 'The handle is taken.');
    if (how === 'guard') throw new GuardFailed(3, 1, 0);
    if (how === 'error') throw new Error('the script gave up');
    yield db.insertInto('items').values({ id, body: 'the same key again', rank: 2 });
    return 'never';
  },
);

/** Tries to go on after a failed statement, which no database shall allow. */
export const swallow = script(import.meta.url, 'swallow', function* ({ id }: { id: string }) {
  yield db.insertInto('items').values({ id, body: 'first', rank: 1 });
  try {
    yield db.insertInto('items').values({ id, body: 'second', rank: 2 });
  } catch {
    // The failure must reach the caller all the same.
  }
  return 'swallowed';
});
