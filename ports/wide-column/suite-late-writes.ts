import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { type Random, seededRandom } from '#platform/random/random.ts';
import { type Mutation, put, remove, type WideColumn, WriteTimeout } from './port.ts';
import type { Bench } from './suite.ts';
import { entries } from './suite-tables.ts';
import { unreliable } from './unreliable.ts';

/** What each key must hold in the end: the greatest version that was written, a removal winning ties. Knows nothing of stores. */
class NaiveModel {
  readonly #winners = new Map<string, { version: number; removed: boolean; reason: number }>();

  apply(mutation: Mutation): void {
    const { reader, post_id, reason = 0 } = mutation.row as { reader: string; post_id: string; reason?: number };
    const removed = mutation.kind === 'remove';
    const key = `${reader} ${post_id}`;
    const winner = this.#winners.get(key);
    const wins =
      winner === undefined ||
      mutation.version > winner.version ||
      (mutation.version === winner.version && removed && !winner.removed);
    if (wins) this.#winners.set(key, { version: mutation.version, removed, reason });
  }

  rows(reader: string): { reader: string; post_id: string; reason: number }[] {
    return [...this.#winners]
      .filter(([key, winner]) => key.startsWith(`${reader} `) && !winner.removed)
      .map(([key, winner]) => ({ reader, post_id: key.slice(reader.length + 1), reason: winner.reason }))
      .sort((a, b) => Number(b.post_id) - Number(a.post_id));
  }
}

/** Writes until it is acknowledged, as every caller of the port has to. */
async function writeUntilAcknowledged(
  wide: WideColumn,
  mutations: readonly Mutation[],
  atomic: boolean,
): Promise<void> {
  for (;;) {
    try {
      return await wide.write(mutations, { atomic });
    } catch (error) {
      if (!(error instanceof WriteTimeout)) throw error;
    }
  }
}

function dice(random: Random): (limit: number) => number {
  return (limit) => random.bytes(4).readUInt32LE() % limit;
}

export function lateWrites(bench: Bench): void {
  describe('late writes', () => {
    test('that time out, repeat, reorder and land later end where the versions say', async (t) => {
      const seed = process.env.SEED ?? randomUUID();
      t.diagnostic(`SEED=${seed}`);
      const random = seededRandom(seed);
      const below = dice(random);
      const wide = unreliable(bench.wide, random);
      const readers = [bench.fresh(), bench.fresh(), bench.fresh()];
      const model = new NaiveModel();
      const mutation = (): Mutation => {
        const key = { reader: readers[below(readers.length)]!, post_id: String(1 + below(8)) };
        const version = 1 + below(40);
        // One version of one row always says the same: a version names a state.
        return below(3) === 0 ? remove(entries, key, version) : put(entries, { ...key, reason: version * 7 }, version);
      };
      for (let round = 0; round < 25; round++) {
        const writes = Array.from({ length: 8 }, () => Array.from({ length: 1 + below(12) }, mutation));
        for (const mutations of writes) for (const one of mutations) model.apply(one);
        await Promise.all(writes.map((mutations) => writeUntilAcknowledged(wide, mutations, below(2) === 0)));
      }
      await wide.landAll();
      for (const reader of readers) {
        assert.deepEqual(
          await bench.wide.range(entries, { reader }, { limit: 100 }),
          model.rows(reader),
          `SEED=${seed}`,
        );
      }
    });

    test('of a consumer that slept change nothing', async (t) => {
      const seed = process.env.SEED ?? randomUUID();
      t.diagnostic(`SEED=${seed}`);
      const below = dice(seededRandom(seed));
      const reader = bench.fresh();
      // The version of a derived row is its event's offset.
      const log = Array.from({ length: 200 }, (_, i) => {
        const key = { reader, post_id: String(1 + below(30)) };
        return below(3) === 0 ? remove(entries, key, i + 1) : put(entries, { ...key, reason: i }, i + 1);
      });
      for (let at = 0; at < log.length; at += 20) await bench.wide.write(log.slice(at, at + 20));
      const awake = await bench.wide.range(entries, { reader }, { limit: 100 });
      for (let sleeper = 0; sleeper < 10; sleeper++) {
        const from = below(log.length);
        await bench.wide.write(log.slice(from, from + 30));
        assert.deepEqual(await bench.wide.range(entries, { reader }, { limit: 100 }), awake, `SEED=${seed}`);
      }
    });

    test('atomic, are never seen in part', async (t) => {
      const seed = process.env.SEED ?? randomUUID();
      t.diagnostic(`SEED=${seed}`);
      const wide = unreliable(bench.wide, seededRandom(seed));
      const reader = bench.fresh();
      const pair = (version: number) =>
        ['1', '2'].map((post_id) => put(entries, { reader, post_id, reason: version }, version));
      for (let version = 1; version <= 40; version++) {
        await wide.write(pair(version), { atomic: true }).catch((error) => assert.ok(error instanceof WriteTimeout));
      }
      await wide.landAll();
      const rows = await bench.wide.range(entries, { reader }, { limit: 5 });
      assert.equal(rows.length, 2);
      assert.equal(rows[0]!.reason, rows[1]!.reason, `SEED=${seed}`);
    });
  });
}
