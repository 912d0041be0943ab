import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FINAL_VERSION, put, remove } from './port.ts';
import type { Bench } from './suite.ts';
import { thing } from './suite-reads.ts';
import { fleeting, things } from './suite-tables.ts';

export function versions(bench: Bench): void {
  const write = (id: string, version: number, body: string) =>
    bench.wide.write([put(things, thing(id, { body }), version)]);
  const erase = (id: string, version: number) => bench.wide.write([remove(things, { id }, version)]);
  const bodyOf = async (id: string) => (await bench.wide.get(things, { id }))?.body;

  describe('versions', () => {
    test('the newer wins, in either order of arrival', async () => {
      const [forward, backward] = [bench.freshId(), bench.freshId()];
      await write(forward, 1, 'one');
      await write(forward, 2, 'two');
      await write(backward, 2, 'two');
      await write(backward, 1, 'one');
      assert.deepEqual([await bodyOf(forward), await bodyOf(backward)], ['two', 'two']);
    });

    test('the newer wins within one write', async () => {
      const id = bench.freshId();
      await bench.wide.write([5, 9, 7].map((version) => put(things, thing(id, { body: `v${version}` }), version)));
      assert.equal(await bodyOf(id), 'v9');
    });

    test('a put replaces the whole row', async () => {
      const id = bench.freshId();
      await bench.wide.write([put(things, thing(id, { maybe_body: 'there', maybe_extra: [1] }), 1)]);
      await bench.wide.write([put(things, thing(id), 2)]);
      assert.deepEqual(await bench.wide.get(things, { id }), thing(id));
    });

    test('a repeated put changes nothing', async () => {
      const id = bench.freshId();
      await write(id, 3, 'three');
      await write(id, 3, 'three');
      assert.equal(await bodyOf(id), 'three');
    });

    test('two puts that break the rule of versions leave one of them, whole', async () => {
      const id = bench.freshId();
      const one = thing(id, { body: 'a', score: 9, maybe_body: 'there', maybe_extra: null });
      const other = thing(id, { body: 'b', score: 1, maybe_body: null, maybe_extra: [1] });
      await Promise.all([one, other].map((row) => bench.wide.write([put(things, row, 7)])));
      const kept = await bench.wide.get(things, { id });
      assert.deepEqual(kept, kept?.body === 'a' ? one : other);
    });

    test('a removal outlasts older puts, and a newer put outlasts it', async () => {
      const id = bench.freshId();
      await write(id, 1, 'one');
      await erase(id, 5);
      assert.equal(await bodyOf(id), undefined);
      await write(id, 4, 'late');
      assert.equal(await bodyOf(id), undefined);
      await write(id, 6, 'six');
      assert.equal(await bodyOf(id), 'six');
      await erase(id, 5);
      assert.equal(await bodyOf(id), 'six');
    });

    test('a removal of what is not there yet is remembered', async () => {
      const id = bench.freshId();
      await erase(id, 10);
      await write(id, 9, 'late');
      assert.equal(await bodyOf(id), undefined);
    });

    test('at a tie the removal wins, in either order of arrival', async () => {
      const [forward, backward, together] = [bench.freshId(), bench.freshId(), bench.freshId()];
      await write(forward, 4, 'four');
      await erase(forward, 4);
      await erase(backward, 4);
      await write(backward, 4, 'four');
      await bench.wide.write([remove(things, { id: together }, 4), put(things, thing(together), 4)]);
      for (const id of [forward, backward, together]) assert.equal(await bodyOf(id), undefined);
    });

    test('a removal with the final version is never undone', async () => {
      const id = bench.freshId();
      await write(id, FINAL_VERSION, 'last');
      await erase(id, FINAL_VERSION);
      await write(id, FINAL_VERSION, 'last');
      await write(id, FINAL_VERSION - 1, 'almost');
      assert.equal(await bodyOf(id), undefined);
    });
  });

  describe('time to live', () => {
    const note = (scope: string, at: number, body = 'note') => ({ scope, at, body });

    test('of the table, of one row, and none', async () => {
      const scope = bench.fresh();
      const id = bench.freshId();
      await bench.wide.write([
        put(fleeting, note(scope, 1), 1),
        put(fleeting, note(scope, 2), 1, { ttlSeconds: 100 }),
        put(things, thing(id), 1, { ttlSeconds: 2 }),
      ]);
      assert.equal((await bench.wide.range(fleeting, { scope }, { limit: 10 })).length, 2);
      assert.notEqual(await bench.wide.get(things, { id }), undefined);
      await bench.elapse(3_100);
      assert.deepEqual(await bench.wide.range(fleeting, { scope }, { limit: 10 }), [note(scope, 2)]);
      assert.equal(await bench.wide.get(fleeting, { scope, at: 1 }), undefined);
      assert.deepEqual(
        await bench.wide.getMany(fleeting, [
          { scope, at: 1 },
          { scope, at: 2 },
        ]),
        [undefined, note(scope, 2)],
      );
      assert.equal(await bench.wide.get(things, { id }), undefined);
    });

    test('does not let an older write return when it is over', async () => {
      const scope = bench.fresh();
      await bench.wide.write([put(fleeting, note(scope, 1, 'new'), 5)]);
      await bench.elapse(3_100);
      await bench.wide.write([put(fleeting, note(scope, 1, 'old'), 4, { ttlSeconds: 100 })]);
      assert.equal(await bench.wide.get(fleeting, { scope, at: 1 }), undefined);
      await bench.wide.write([put(fleeting, note(scope, 1, 'newest'), 6, { ttlSeconds: 100 })]);
      assert.equal((await bench.wide.get(fleeting, { scope, at: 1 }))?.body, 'newest');
    });

    test('ends with a newer row that has none', async () => {
      const id = bench.freshId();
      await bench.wide.write([put(things, thing(id), 1, { ttlSeconds: 2 })]);
      await bench.wide.write([put(things, thing(id, { body: 'stays' }), 2)]);
      await bench.elapse(3_100);
      assert.equal(await bodyOf(id), 'stays');
    });
  });

  describe('atomic writes', () => {
    test('land whole', async () => {
      const ids = Array.from({ length: 100 }, () => bench.freshId());
      await bench.wide.write(
        ids.map((id) => put(things, thing(id), 1)),
        { atomic: true },
      );
      assert.ok(
        (
          await bench.wide.getMany(
            things,
            ids.map((id) => ({ id })),
          )
        ).every((row) => row !== undefined),
      );
    });

    test('that are refused leave nothing', async () => {
      const id = bench.freshId();
      const bad = put(things, { ...thing(bench.freshId()), score: 0.5 }, 1);
      await assert.rejects(bench.wide.write([put(things, thing(id), 1), bad], { atomic: true }));
      await assert.rejects(bench.wide.write([put(things, thing(id), 1), bad]));
      assert.equal(await bench.wide.get(things, { id }), undefined);
    });
  });
}
