import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { WideColumnRefusal } from './checks.ts';
import { MAX_KEYS_PER_READ, type Mutation, put, type Range, remove } from './port.ts';
import type { Bench } from './suite.ts';
import { thing } from './suite-reads.ts';
import { deep, entries, things } from './suite-tables.ts';
import { type WideTable, wideTable } from './table.ts';

/** Calls as a careless or untyped caller makes them. */
export function refusals(bench: Bench): void {
  const refused = (call: () => Promise<unknown>, mend: RegExp) =>
    assert.rejects(call, (error) => {
      assert.ok(error instanceof WideColumnRefusal, `not refused but: ${error}`);
      assert.match(error.message, mend);
      return true;
    });
  const raw = (
    kind: 'put' | 'remove',
    table: WideTable,
    row: Record<string, unknown>,
    more: object = {},
  ): Mutation => ({
    table,
    kind,
    row,
    version: 1,
    ...more,
  });
  // biome-ignore lint/suspicious/noExplicitAny: what the types forbid is what is tested.
  const any = (value: unknown): any => value;

  describe('refusals', () => {
    test('reads without a whole key', async () => {
      const { wide } = bench;
      await refused(() => wide.get(deep, any({ scope: 's', day: 1, word: 'a', post_id: '1' })), /give "bucket"/);
      await refused(() => wide.get(deep, any({ scope: 's', bucket: 1, day: 1, word: 'a' })), /give "post_id"/);
      await refused(() => wide.range(deep, any({ scope: 's' }), { limit: 1 }), /give "bucket"/);
      await refused(() => wide.range(entries, any({}), { limit: 1 }), /give "reader"/);
      await refused(() => wide.get(entries, any({ reader: null, post_id: '1' })), /give "reader".*null/);
      await refused(() => wide.getMany(things, any([{ id: '1' }, {}])), /give "id"/);
      await refused(() => wide.dropPartition(deep, any({ bucket: 1 })), /give "scope"/);
    });

    test('columns that are not declared', async () => {
      const { wide } = bench;
      await refused(() => wide.get(things, any({ id: '1', body: 'x' })), /"body" does not belong/);
      await refused(
        () => wide.range(entries, any({ reader: 'r', post_id: '1' }), { limit: 1 }),
        /"post_id" does not belong/,
      );
      await refused(
        () => wide.write([raw('put', things, { ...thing('1'), colour: 'red' })]),
        /"colour" does not belong/,
      );
      await refused(() => wide.write([raw('remove', things, thing('1'))]), /"owner_id" does not belong/);
    });

    test('rows that are not whole or do not fit', async () => {
      const { wide } = bench;
      const { body: _, ...partial } = thing('1');
      await refused(() => wide.write([raw('put', things, partial)]), /whole row, and "body" is missing/);
      const wrong: [Record<string, unknown>, RegExp][] = [
        [{ body: null }, /"body" may not be null/],
        [{ body: 5 }, /"body" is text/],
        [{ body: 'lone \ud800' }, /"body" is text/],
        [{ owner_id: 5 }, /"owner_id" is an id/],
        [{ owner_id: '007' }, /"owner_id" is an id/],
        [{ owner_id: '-1' }, /"owner_id" is an id/],
        [{ owner_id: '9223372036854775808' }, /"owner_id" is an id/],
        [{ owner_id: "1' OR 1" }, /"owner_id" is an id/],
        [{ score: 1.5 }, /"score" is a whole number/],
        [{ score: 2 ** 53 }, /"score" is a whole number/],
        [{ score: '1' }, /"score" is a whole number/],
        [{ ratio: Number.NaN }, /"ratio" is a finite number/],
        [{ shown: 1 }, /"shown" is true or false/],
        [{ extra: () => 1 }, /"extra" is a JSON value/],
        [{ maybe_body: undefined }, /"maybe_body" is missing; give it \(null/],
        [{ id: null }, /give "id"/],
      ];
      for (const [change, mend] of wrong)
        await refused(() => wide.write([raw('put', things, { ...thing('1'), ...change })]), mend);
    });

    test('keys that are no address', async () => {
      const { wide } = bench;
      const entry = (reader: string) => raw('put', entries, { reader, post_id: '1', reason: 1 });
      await refused(() => wide.write([entry('')]), /may not be empty/);
      await refused(() => wide.write([entry('a\0b')]), /without U\+0000/);
      await refused(() => wide.write([entry('x'.repeat(2_000))]), /at most 1024 characters/);
      await refused(() => wide.get(entries, { reader: 'r', post_id: 'abc' }), /is an id/);
    });

    test('versions and times to live that mean nothing', async () => {
      const { wide } = bench;
      for (const version of [0, -1, 1.5, 2 ** 53, Number.NaN]) {
        await refused(() => wide.write([put(things, thing('1'), version)]), /a version is a whole number/);
        await refused(() => wide.write([remove(things, { id: '1' }, version)]), /a version is a whole number/);
      }
      for (const ttlSeconds of [0, -5, 0.5, 1e9]) {
        await refused(() => wide.write([put(things, thing('1'), 1, { ttlSeconds })]), /time to live is a whole number/);
      }
      await refused(
        () => wide.write([raw('remove', things, { id: '1' }, { ttlSeconds: 5 })]),
        /removal has no time to live/,
      );
    });

    test('ranges without a bound or out of order', async () => {
      const partition = { scope: 's', bucket: 1 };
      const range = (range: Range) => () => bench.wide.range(deep, partition, range);
      for (const limit of [0, -1, 1.5, 1_001, Number.POSITIVE_INFINITY, any(undefined)]) {
        await refused(range({ limit }), /limit from 1 to 1000/);
      }
      await refused(range({ limit: 1, prefix: { word: 'a' } }), /leading clustering columns \(day\)/);
      await refused(range({ limit: 1, prefix: { day: 1, post_id: '1' } }), /leading clustering columns \(day, word\)/);
      await refused(
        range({ limit: 1, prefix: { day: 1, word: 'a', post_id: '1', note: 'x' } }),
        /"note" does not belong/,
      );
      await refused(range({ limit: 1, prefix: { day: any(null) } }), /give "day"/);
      await refused(range({ limit: 1, prefix: { day: 1, word: 'a', post_id: '1' }, gt: '1' }), /leaves free/);
      await refused(range({ limit: 1, gt: 1, gte: 1 }), /not both/);
      await refused(range({ limit: 1, lt: 1, lte: 1 }), /not both/);
      await refused(range({ limit: 1, gt: 'a' }), /"day" is a whole number/);
      await refused(() => bench.wide.range(things, { id: '1' }, { limit: 1, gt: '5' }), /leaves free/);
    });

    test('calls that are too large', async () => {
      const keys = Array.from({ length: MAX_KEYS_PER_READ + 1 }, (_, i) => ({ id: String(i) }));
      await refused(() => bench.wide.getMany(things, keys), /at most 500/);
      const many = Array.from({ length: 5_001 }, (_, i) => remove(things, { id: String(i) }, 1));
      await refused(() => bench.wide.write(many), /at most 5000/);
      await refused(() => bench.wide.write(many.slice(0, 101), { atomic: true }), /at most 100/);
    });

    test('atomic writes over two tiers', async () => {
      const id = bench.freshId();
      const both = [put(things, thing(id), 1), put(entries, { reader: 'r', post_id: id, reason: 1 }, 1)];
      await refused(() => bench.wide.write(both, { atomic: true }), /stays in one tier/);
      assert.equal(await bench.wide.get(things, { id }), undefined);
      await bench.wide.write(both);
      assert.notEqual(await bench.wide.get(things, { id }), undefined);
    });

    test('tables that were not declared', async () => {
      const unknown = wideTable({ ...entries, name: 'suite_unknown' });
      await refused(() => bench.wide.get(unknown, { reader: 'r', post_id: '1' }), /declare the table/);
      await refused(() => bench.wide.write([remove(unknown, { reader: 'r', post_id: '1' }, 1)]), /declare the table/);
    });

    test('declarations that do not fit the rows that exist', async () => {
      const { wide } = bench;
      const id = bench.freshId();
      await wide.write([put(things, thing(id), 1)]);
      const { body: _, ...others } = things.columns;
      const change = (difference: object) => () => wide.declare([{ ...things, ...difference }]);
      await refused(change({ partition: { id: 'text' } }), /key cannot change/);
      await refused(change({ clustering: { at: { type: 'int', order: 'asc' } } }), /key cannot change/);
      await refused(change({ columns: { ...others, body: 'int' } }), /cannot become int/);
      await refused(change({ columns: { ...things.columns, maybe_body: 'text' } }), /null in "maybe_body"/);
      await refused(change({ columns: { ...things.columns, added_later: 'text' } }), /'text\?'/);
      await refused(change({ ttlSeconds: 0.5 }), /time to live is a whole number/);
      await assert.rejects(change({ name: 'Not A Name' }));
      assert.deepEqual(await wide.get(things, { id }), thing(id));
    });

    test('but a new column that may be null is added', async () => {
      const { wide } = bench;
      const id = bench.freshId();
      const older = wideTable({ ...entries, name: 'suite_growing' });
      const newer = wideTable({ ...older, columns: { ...older.columns, added: 'json?' } });
      await wide.declare([older]);
      await wide.write([put(older, { reader: id, post_id: '1', reason: 1 }, 1)]);
      await wide.declare([newer]);
      await wide.write([put(newer, { reader: id, post_id: '2', reason: 2, added: { yes: true } }, 1)]);
      assert.deepEqual(await wide.range(newer, { reader: id }, { limit: 5 }), [
        { reader: id, post_id: '2', reason: 2, added: { yes: true } },
        { reader: id, post_id: '1', reason: 1, added: null },
      ]);
    });
  });
}
