import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batched } from './batch.ts';

const item = (id: string) => ({ id, name: `name of ${id}` });

test('what is asked for together goes into one request, each id once', async () => {
  const requests: (readonly string[])[] = [];
  const ask = batched({
    most: 80,
    fetch: async (ids) => {
      requests.push(ids);
      return ids.map(item).reverse();
    },
    idOf: ({ id }) => id,
  });
  assert.deepEqual(await Promise.all([ask('1'), ask('2'), ask('1')]), [item('1'), item('2'), item('1')]);
  assert.deepEqual(requests, [['1', '2']]);
  assert.deepEqual(await ask('3'), item('3'));
  assert.deepEqual(requests[1], ['3']);
});

test('more than a request may name are asked for in several', async () => {
  const sizes: number[] = [];
  const ask = batched({
    most: 2,
    fetch: async (ids) => {
      sizes.push(ids.length);
      return ids.map(item);
    },
    idOf: ({ id }) => id,
  });
  await Promise.all(['1', '2', '3', '4', '5'].map(ask));
  assert.deepEqual(sizes, [2, 2, 1]);
});

test('a failure reaches everybody who asked, and what is not answered is a failure', async () => {
  const gone = batched({ most: 9, fetch: () => Promise.reject(new Error('away')), idOf: String });
  await assert.rejects(Promise.all([gone('1'), gone('2')]), /away/);
  const silent = batched({ most: 9, fetch: async () => [], idOf: String });
  await assert.rejects(silent('7'), /does not name 7/);
});
