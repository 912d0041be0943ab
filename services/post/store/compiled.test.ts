import assert from 'node:assert/strict';
import { test } from 'node:test';
import { queryBuilder } from '#ports/relational/builder.ts';
import { compiled } from './compiled.ts';

interface Tables {
  readonly items: { readonly id: string; readonly owner: string };
}

test('a compiled statement takes as many parameters as it has, and says so otherwise', () => {
  const items = queryBuilder<Tables>().selectFrom('items').select('id');
  const query = compiled(items.where('owner', '=', '').where('id', '=', ''));
  assert.deepEqual(query('ada', '1').parameters, ['ada', '1']);
  assert.throws(() => query('ada'), /1 parameters for a statement that takes 2/);
  assert.throws(() => query('ada', '1', '2'), RangeError);
});
