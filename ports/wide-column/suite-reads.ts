import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { put, type Range, remove } from './port.ts';
import type { Bench } from './suite.ts';
import { deep, entries, suiteTables, things } from './suite-tables.ts';
import type { RowOf } from './table.ts';

export function thing(id: string, change: Partial<RowOf<typeof things>> = {}): RowOf<typeof things> {
  return {
    id,
    owner_id: '42',
    body: 'body',
    score: 1,
    ratio: 0.5,
    shown: true,
    extra: { a: [1] },
    maybe_id: null,
    maybe_body: null,
    maybe_score: null,
    maybe_ratio: null,
    maybe_shown: null,
    maybe_extra: null,
    ...change,
  };
}

export function reads(bench: Bench): void {
  describe('reads', () => {
    test('give back every type as it was written', async () => {
      const rows = [
        thing(bench.freshId()),
        thing(bench.freshId(), {
          owner_id: '9223372036854775807',
          body: '',
          score: Number.MIN_SAFE_INTEGER,
          ratio: -1.5e-300,
          shown: false,
          extra: null,
        }),
        thing(bench.freshId(), {
          owner_id: '0',
          body: 'ünïcode 🎉 \' " \n \u0000 end',
          score: Number.MAX_SAFE_INTEGER,
          extra: [],
          maybe_id: '9007199254740993',
          maybe_body: '',
          maybe_score: 0,
          maybe_ratio: 3,
          maybe_shown: false,
          maybe_extra: { deep: { text: '"', list: [null, true, 1.5] } },
        }),
      ];
      await bench.wide.write(rows.map((row) => put(things, row, 1)));
      for (const row of rows) assert.deepEqual(await bench.wide.get(things, { id: row.id }), row);
    });

    test('of keys answer in the order asked for, with gaps and repetitions', async () => {
      const ids = Array.from({ length: 200 }, () => bench.freshId());
      const missing = bench.freshId();
      await bench.wide.write(ids.map((id) => put(things, thing(id), 1)));
      const wanted = [ids[7]!, missing, ...ids.toReversed(), ids[7]!];
      const got = await bench.wide.getMany(
        things,
        wanted.map((id) => ({ id })),
      );
      assert.deepEqual(
        got.map((row) => row?.id),
        wanted.map((id) => (id === missing ? undefined : id)),
      );
      assert.deepEqual(await bench.wide.getMany(things, []), []);
      assert.equal(await bench.wide.get(things, { id: missing }), undefined);
    });

    test('of keys with several columns find each row', async () => {
      const [one, two] = [bench.fresh(), bench.fresh()];
      const keys = [one, two].flatMap((scope) =>
        [1, 2].flatMap((bucket) => ['x', 'y'].map((word) => ({ scope, bucket, day: 5, word, post_id: '12' }))),
      );
      await bench.wide.write(keys.slice(1).map((key) => put(deep, { ...key, note: JSON.stringify(key) }, 1)));
      const got = await bench.wide.getMany(deep, keys);
      assert.equal(got[0], undefined);
      got.slice(1).forEach((row, i) => {
        assert.equal(row?.note, JSON.stringify(keys[i + 1]));
      });
    });

    test('of a range follow the clustering order, by number for ids', async () => {
      const reader = bench.fresh();
      const ids = ['9', '10', '1000000000000000000', '9223372036854775807', '99'];
      await bench.wide.write(ids.map((post_id) => put(entries, { reader, post_id, reason: 1 }, 1)));
      await bench.wide.write([put(entries, { reader: bench.fresh(), post_id: '50', reason: 1 }, 1)]);
      const newestFirst = ['9223372036854775807', '1000000000000000000', '99', '10', '9'];
      const read = async (range: Range) =>
        (await bench.wide.range(entries, { reader }, range)).map((row) => row.post_id);
      assert.deepEqual(await read({ limit: 10 }), newestFirst);
      assert.deepEqual(await read({ limit: 10, reverse: true }), newestFirst.toReversed());
      assert.deepEqual(await read({ limit: 2 }), newestFirst.slice(0, 2));
      assert.deepEqual(await read({ limit: 2, reverse: true }), ['9', '10']);
      assert.deepEqual(await read({ limit: 10, lt: '99' }), ['10', '9']);
      assert.deepEqual(await read({ limit: 10, lte: '99' }), ['99', '10', '9']);
      assert.deepEqual(await read({ limit: 10, gt: '99' }), newestFirst.slice(0, 2));
      assert.deepEqual(await read({ limit: 10, gte: '99' }), newestFirst.slice(0, 3));
      assert.deepEqual(await read({ limit: 10, gt: '9', lte: '99' }), ['99', '10']);
      assert.deepEqual(await read({ limit: 1, gt: '9', reverse: true }), ['10']);
      assert.deepEqual(await read({ limit: 10, gt: '99', lt: '98' }), []);
      assert.deepEqual(await bench.wide.range(entries, { reader: bench.fresh() }, { limit: 10 }), []);
    });

    test('of a range in several clustering columns', async () => {
      const scope = bench.fresh();
      const rows = [2, -1, 10].flatMap((day) =>
        ['b', 'a'].flatMap((word) =>
          ['5', '40'].map((post_id) => ({ scope, bucket: 1, day, word, post_id, note: null })),
        ),
      );
      await bench.wide.write(rows.map((row) => put(deep, row, 1)));
      const read = async (range: Range) =>
        (await bench.wide.range(deep, { scope, bucket: 1 }, range)).map((row) => `${row.day}${row.word}${row.post_id}`);
      const all = [10, 2, -1].flatMap((day) =>
        ['a', 'b'].flatMap((word) => ['40', '5'].map((id) => `${day}${word}${id}`)),
      );
      assert.deepEqual(await read({ limit: 100 }), all);
      assert.deepEqual(await read({ limit: 100, reverse: true }), all.toReversed());
      assert.deepEqual(await read({ limit: 100, gte: 2 }), all.slice(0, 8));
      assert.deepEqual(await read({ limit: 100, prefix: { day: 2 } }), ['2a40', '2a5', '2b40', '2b5']);
      assert.deepEqual(await read({ limit: 100, prefix: { day: 2 }, gt: 'a' }), ['2b40', '2b5']);
      assert.deepEqual(await read({ limit: 100, prefix: { day: 2, word: 'b' }, lt: '40' }), ['2b5']);
      assert.deepEqual(await read({ limit: 100, prefix: { day: 2, word: 'b', post_id: '40' } }), ['2b40']);
      assert.deepEqual(await bench.wide.range(deep, { scope, bucket: 2 }, { limit: 10 }), []);
    });

    test('order text by its UTF-8 bytes', async () => {
      const scope = bench.fresh();
      const words = ['', 'A', 'Z', 'a', 'aa', 'b', 'é', '\uffee', '🎉'];
      await bench.wide.write(
        words.toReversed().map((word) => put(deep, { scope, bucket: 0, day: 0, word, post_id: '1', note: null }, 1)),
      );
      const rows = await bench.wide.range(deep, { scope, bucket: 0 }, { limit: 100, prefix: { day: 0 } });
      assert.deepEqual(
        rows.map((row) => row.word),
        words,
      );
    });

    test('of a range skip removed rows and still fill the page', async () => {
      const reader = bench.fresh();
      const ids = Array.from({ length: 50 }, (_, i) => String(100 + i));
      await bench.wide.write(ids.map((post_id) => put(entries, { reader, post_id, reason: 0 }, 1)));
      await bench.wide.write(
        ids.filter((_, i) => i % 2 === 0).map((post_id) => remove(entries, { reader, post_id }, 2)),
      );
      const rows = await bench.wide.range(entries, { reader }, { limit: 20 });
      assert.deepEqual(
        rows.map((row) => row.post_id),
        ids
          .filter((_, i) => i % 2 === 1)
          .toReversed()
          .slice(0, 20),
      );
    });

    test('see every write that was acknowledged', async () => {
      const reader = bench.fresh();
      for (let i = 1; i <= 30; i++) {
        await bench.wide.write([put(entries, { reader, post_id: String(i), reason: i }, i)]);
        assert.equal((await bench.wide.get(entries, { reader, post_id: String(i) }))?.reason, i);
      }
    });

    test('find all of a large fan-out', async () => {
      const readers = Array.from({ length: 5_000 }, () => bench.fresh());
      await bench.wide.write(readers.map((reader) => put(entries, { reader, post_id: '77', reason: 3 }, 9)));
      for (let start = 0; start < readers.length; start += 500) {
        const keys = readers.slice(start, start + 500).map((reader) => ({ reader, post_id: '77' }));
        assert.equal((await bench.wide.getMany(entries, keys)).filter((row) => row?.reason === 3).length, keys.length);
      }
    });

    test('find nothing in a partition that was dropped, and all in its neighbour', async () => {
      const [gone, kept] = [bench.fresh(), bench.fresh()];
      await bench.wide.write(
        [gone, kept].flatMap((reader) =>
          ['1', '2', '3'].map((post_id) => put(entries, { reader, post_id, reason: 1 }, 5)),
        ),
      );
      await bench.wide.dropPartition(entries, { reader: gone });
      assert.deepEqual(await bench.wide.range(entries, { reader: gone }, { limit: 10 }), []);
      assert.equal((await bench.wide.range(entries, { reader: kept }, { limit: 10 })).length, 3);
    });

    test('work after the tables were declared again', async () => {
      const id = bench.freshId();
      await bench.wide.write([put(things, thing(id), 1)]);
      await bench.wide.declare(suiteTables);
      assert.deepEqual(await bench.wide.get(things, { id }), thing(id));
    });
  });
}
