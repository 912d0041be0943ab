import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { seededRandom } from '#platform/random/random.ts';
import { WideColumnRefusal } from '#ports/wide-column/checks.ts';
import { type Mutation, put, type Range, remove, type WideColumn } from '#ports/wide-column/port.ts';
import { tableMigration } from './definition.ts';
import { migratingWideColumn } from './migrating-wide-column.ts';
import type { Phase } from './phases.ts';
import { byHundred, entry, entryByHundred, sampleStore } from './testing.ts';

describe('the port with a table under migration', () => {
  let store: Awaited<ReturnType<typeof sampleStore>>;
  let wide: WideColumn;
  let phase: Phase = 0;
  let used = 0;
  before(async () => {
    store = await sampleStore();
    const watch = {
      within: <R>(work: (phaseOf: () => Phase) => Promise<R>) => work(() => phase),
      refresh: async () => {},
      stop: async () => {},
    };
    wide = migratingWideColumn(store.wide, [byHundred], watch);
    await wide.declare([entry]);
  });
  after(() => store.remove());

  test('answers every slice alike from either form', async (t) => {
    const seed = process.env.SEED ?? randomUUID();
    t.diagnostic(`SEED=${seed}`);
    const random = seededRandom(seed);
    const below = (limit: number) => random.bytes(4).readUInt32LE() % limit;
    phase = 1;
    const reader = `reader-${used++}`;
    const words = ['', 'a', 'b', '🎉', '\uffee'];
    const some = (): Mutation => {
      const key = { reader, at: below(600) - 200, word: words[below(words.length)]! };
      const version = 1 + below(50);
      return below(4) === 0 ? remove(entry, key, version) : put(entry, { ...key, said: version }, version);
    };
    for (let n = 0; n < 30; n++) await wide.write(Array.from({ length: 1 + below(20) }, some));
    const bounds = (): Partial<Range> => {
      const at = below(600) - 200;
      const word = words[below(words.length)]!;
      const forms: Partial<Range>[] = [
        {},
        { lt: at },
        { gte: at },
        { gt: at, lte: at + 150 },
        { prefix: { at } },
        { prefix: { at }, gt: word },
        { prefix: { at, word } },
      ];
      return forms[below(forms.length)]!;
    };
    for (let n = 0; n < 200; n++) {
      const range: Range = { ...bounds(), reverse: below(2) === 0, limit: 1 + below(40) };
      phase = 1;
      const old = await wide.range(entry, { reader }, range);
      phase = 2;
      assert.deepEqual(await wide.range(entry, { reader }, range), old, `SEED=${seed} ${JSON.stringify(range)}`);
    }
    const rows = await wide.range(entry, { reader }, { limit: 1_000 });
    assert.ok(rows.length > 50);
    const keys = [...rows.map(({ at, word }) => ({ reader, at, word })), { reader, at: 9_999, word: '' }];
    assert.deepEqual(await wide.getMany(entry, keys), [...rows, undefined]);
    assert.deepEqual(await wide.get(entry, keys[0]!), rows[0]);
  });

  test('writes the forms that the phase says', async () => {
    const expected = [
      [true, false],
      [true, true],
      [true, true],
      [false, true],
    ];
    for (const [index, forms] of expected.entries()) {
      phase = index as Phase;
      const key = { reader: `reader-${used++}`, at: 7, word: 'w' };
      await wide.write([put(entry, { ...key, said: 1 }, 1)], { atomic: true });
      const found = [await store.wide.get(entry, key), await store.wide.get(entryByHundred, { ...key, hundred: 0 })];
      assert.deepEqual(
        found.map((row) => row !== undefined),
        forms,
        `phase ${index}`,
      );
      assert.equal((await wide.get(entry, key))?.said, 1);
      await wide.write([remove(entry, key, 2)]);
      assert.equal(await wide.get(entry, key), undefined);
    }
  });

  test('does not let a late put come back in the form that does not know of its removal', async () => {
    const key = { reader: `reader-${used++}`, at: 7, word: 'w' };
    phase = 0;
    await wide.write([put(entry, { ...key, said: 1 }, 1)]);
    await wide.write([remove(entry, key, 5)]);
    for (const late of [1, 2] as const) {
      phase = late;
      await wide.write([put(entry, { ...key, said: 1 }, 1)]);
      assert.equal(await wide.get(entry, key), undefined);
    }
    phase = 3;
    await wide.write([put(entry, { ...key, said: 1 }, 1)]);
    assert.equal(await wide.get(entry, key), undefined, 'by then the new form knows of it');
    await wide.write([put(entry, { ...key, said: 6 }, 6)]);
    assert.equal((await wide.get(entry, key))?.said, 6, 'what is newer is written');
  });

  test('drops no partition once the migration has begun', async () => {
    const reader = `reader-${used++}`;
    phase = 1;
    await assert.rejects(wide.dropPartition(entry, { reader }), WideColumnRefusal);
    phase = 0;
    await wide.write([put(entry, { reader, at: 1, word: '', said: 1 }, 1)]);
    await wide.dropPartition(entry, { reader });
    assert.deepEqual(await wide.range(entry, { reader }, { limit: 1 }), []);
  });
});

test('what cannot be migrated without a loss is refused where it is declared', () => {
  const sample = { ...byHundred, beside: [] };
  const refused = (change: object) => () => tableMigration({ ...sample, ...change } as never);
  assert.throws(refused({ to: { ...entryByHundred, clustering: {} } }), /same clustering columns/);
  assert.throws(refused({ to: { ...entryByHundred, tier: 'derived' } }), /one tier/);
  assert.throws(refused({ to: { ...entryByHundred, ttlSeconds: 5 } }), /same time to live/);
  assert.throws(refused({ to: { ...entryByHundred, columns: {} } }), /give both tables a column/);
});
