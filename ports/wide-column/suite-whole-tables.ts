import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { WideColumnRefusal } from './checks.ts';
import { FINAL_VERSION, put, remove } from './port.ts';
import type { Bench } from './suite.ts';
import { bare, entries, fleeting, whole } from './suite-tables.ts';

export function wholeTables(bench: Bench): void {
  /** All partitions in pages of a size, as texts. */
  async function partitionsBy(limit: number): Promise<string[]> {
    const found: string[] = [];
    let after: string | undefined;
    do {
      const page = await bench.wide.partitions(whole, { after, limit });
      assert.ok(page.partitions.length <= limit || page.next !== undefined);
      found.push(...page.partitions.map(({ scope, number }) => `${scope} ${number}`));
      after = page.next;
    } while (after !== undefined);
    return found;
  }

  describe('whole tables', () => {
    test('show every partition once, in pages of any size', async () => {
      await bench.wide.clear(whole);
      assert.deepEqual(await bench.wide.partitions(whole, { limit: 10 }), {
        partitions: [],
        next: undefined,
        about: 0,
      });
      const names = ['ä', 'b', 'b b'].flatMap((scope) =>
        ['7', '10', '9223372036854775807', '0'].map((number) => ({ scope, number })),
      );
      await bench.wide.write(
        names.flatMap((name) => [1, 2, 3].map((at) => put(whole, { ...name, at, body: null }, 1))),
      );
      const expected = names.map(({ scope, number }) => `${scope} ${number}`).sort();
      for (const limit of [1, 5, 12, 1_000]) assert.deepEqual((await partitionsBy(limit)).sort(), expected, `${limit}`);
      const { about } = await bench.wide.partitions(whole, { limit: 1_000 });
      assert.equal(about, names.length);
    });

    test('tell about how many partitions they have', async () => {
      await bench.wide.clear(whole);
      const scope = bench.fresh();
      const rows = Array.from({ length: 600 }, (_, n) => put(whole, { scope, number: String(n), at: 1, body: '' }, 1));
      await bench.wide.write(rows);
      const { about } = await bench.wide.partitions(whole, { limit: 300 });
      assert.ok(about !== undefined && about > 400 && about < 900, `${about}`);
    });

    test('give rows with the versions that put them there, and what is left of their lives', async () => {
      const scope = bench.fresh();
      const key = { scope, number: bench.freshId() };
      const versions = [1, 77, 2 ** 40, FINAL_VERSION - 1, FINAL_VERSION];
      await bench.wide.write(versions.map((version, at) => put(whole, { ...key, at, body: null }, version)));
      await bench.wide.write([put(whole, { ...key, at: 2, body: 'older' }, 5), remove(whole, { ...key, at: 0 }, 1)]);
      const rows = await bench.wide.rangeVersions(whole, key, { limit: 10, reverse: true });
      assert.deepEqual(
        rows,
        versions.slice(1).map((version, index) => ({
          row: { ...key, at: index + 1, body: null },
          version,
          ttlSeconds: undefined,
        })),
      );
      const [one] = await bench.wide.rangeVersions(whole, key, { prefix: { at: 3 }, limit: 1 });
      assert.equal(one?.version, FINAL_VERSION - 1);

      await bench.wide.write([put(fleeting, { scope, at: 1, body: 'x' }, 1, { ttlSeconds: 500 })]);
      const [ends] = await bench.wide.rangeVersions(fleeting, { scope }, { limit: 1 });
      assert.ok(ends!.ttlSeconds! > 400 && ends!.ttlSeconds! <= 500, `${ends?.ttlSeconds}`);
    });

    test('are copied by rows and versions, over whatever is newer there, and twice', async () => {
      const [from, to] = [bench.fresh(), bench.fresh()];
      const put1 = (reader: string, post_id: string, version: number) =>
        put(entries, { reader, post_id, reason: version }, version);
      await bench.wide.write([put1(from, '1', 5), put1(from, '2', 5), put1(from, '3', 5)]);
      await bench.wide.write([put1(to, '1', 9), remove(entries, { reader: to, post_id: '2' }, 6), put1(to, '3', 1)]);
      for (let time = 0; time < 2; time++) {
        const rows = await bench.wide.rangeVersions(entries, { reader: from }, { limit: 10 });
        await bench.wide.write(rows.map(({ row, version }) => put(entries, { ...row, reader: to }, version)));
        const found = await bench.wide.range(entries, { reader: to }, { limit: 10 });
        assert.deepEqual(
          found.map(({ post_id, reason }) => `${post_id}:${reason}`),
          ['3:5', '1:9'],
        );
      }
    });

    test('are as new when they were cleared: what was removed for good can be written again', async () => {
      const key = { scope: bench.fresh(), number: bench.freshId(), at: 1 };
      await bench.wide.write([put(whole, { ...key, body: 'a' }, 3)]);
      assert.equal((await bench.wide.get(whole, key))?.body, 'a');
      await bench.wide.write([remove(whole, key, FINAL_VERSION)]);
      await bench.wide.clear(whole);
      assert.deepEqual((await bench.wide.partitions(whole, { limit: 10 })).partitions, []);
      await bench.wide.write([put(whole, { ...key, body: 'b' }, 3)]);
      assert.equal((await bench.wide.get(whole, key))?.body, 'b');
    });

    test('refuse pages without measure, and versions of rows that are all key', async () => {
      for (const limit of [0, 1.5, 1_001]) {
        await assert.rejects(bench.wide.partitions(whole, { limit }), WideColumnRefusal);
      }
      const scope = bench.fresh();
      await bench.wide.write([put(bare, { scope, at: 1 }, 1)]);
      await assert.rejects(bench.wide.rangeVersions(bare, { scope }, { limit: 1 }), /give it a column/);
      assert.ok((await bench.wide.partitions(bare, { limit: 1_000 })).partitions.some((row) => row.scope === scope));
    });
  });
}
