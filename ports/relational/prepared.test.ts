import assert from 'node:assert/strict';
import { test } from 'node:test';
import { queryBuilder } from './builder.ts';
import { MAX_LIST, prepared, preparedList } from './prepared.ts';

interface Tables {
  readonly items: { readonly id: string; readonly owner: string; readonly rank: number };
}

const db = queryBuilder<Tables>();
const items = db.selectFrom('items').select('id');

test('parameters are filled in where they stand, and constants stay', () => {
  const query = prepared(({ owner, id }: { id: string; owner: string }) =>
    items.where('owner', '=', owner).where('rank', '>', 7).where('id', '=', id).where('owner', '!=', id),
  );
  const first = query({ id: 'a', owner: 'b' });
  const second = query({ id: 'c', owner: 'd' });
  assert.deepEqual(first.parameters, ['b', 7, 'a', 'a']);
  assert.deepEqual(second.parameters, ['d', 7, 'c', 'c']);
  assert.equal(
    first.sql,
    items.where('owner', '=', '').where('rank', '>', 7).where('id', '=', '').where('owner', '!=', '').compile().sql,
  );
});

test('a statement is built once', () => {
  let built = 0;
  const query = prepared(({ id }: { id: string }) => {
    built++;
    return items.where('id', '=', id);
  });
  query({ id: 'a' });
  query({ id: 'b' });
  assert.equal(built, 1);
});

test('a list keeps all of its ids and is padded with its last one, so that few statements serve all lengths', () => {
  const query = preparedList(({ owner }: { owner: string }, ids) =>
    items.where('owner', '=', owner).where('id', 'in', ids),
  );
  const statements = new Set<string>();
  for (let length = 1; length <= MAX_LIST; length++) {
    const ids = Array.from({ length }, (_, n) => `id-${n}`);
    const { sql, parameters } = query({ owner: 'o' }, ids);
    statements.add(sql);
    assert.equal(sql.split('?').length - 1, parameters.length);
    assert.equal(parameters[0], 'o');
    assert.deepEqual(parameters.slice(1, 1 + length), ids);
    assert.ok(parameters.slice(1 + length).every((id) => id === ids.at(-1)));
  }
  assert.ok(statements.size <= 16, `${statements.size} statements`);
});

test('an empty list and one that is too long are refused', () => {
  const query = preparedList((_: object, ids) => items.where('id', 'in', ids));
  assert.throws(() => query({}, []), RangeError);
  assert.throws(() => query({}, Array(MAX_LIST + 1).fill('a')), RangeError);
});
