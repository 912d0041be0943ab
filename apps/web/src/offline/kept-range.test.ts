import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keptRange } from './kept-range.ts';

const items = ['5', '4', '3'].map((id) => ({ id }));
const ids = (range: Parameters<typeof keptRange>[1]) => keptRange(items, range)?.map(({ id }) => id);

test('a kept list is read from its top, below a post, and above one', () => {
  assert.deepEqual(ids({}), ['5', '4', '3']);
  assert.deepEqual(ids({ max_id: '5' }), ['4', '3']);
  assert.deepEqual(ids({ min_id: '3' }), ['5', '4']);
  assert.deepEqual(ids({ min_id: '5' }), []);
});

test('what is not kept is said to be missing, rather than to be empty', () => {
  assert.equal(ids({ max_id: '3' }), undefined);
  assert.equal(ids({ max_id: '9' }), undefined);
  assert.equal(ids({ min_id: '9' }), undefined);
  assert.equal(ids({ since_id: '5' }), undefined);
  assert.equal(keptRange([], {}), undefined);
});
