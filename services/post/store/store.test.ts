import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestClock } from '#platform/clock/test-clock.ts';
import { Revisions } from './revisions.ts';
import { WriteThrough } from './write-through.ts';

test('a revision is larger than the one it follows, also where the clock is behind, and says what it does', () => {
  const fast = new Revisions(new TestClock(2_000_000_000_000));
  const slow = new Revisions(new TestClock(1_999_999_990_000));
  let previous: number | undefined;
  const given = new Set<number>();
  for (let i = 0; i < 100; i++) {
    const active = i % 3 !== 0;
    const revision = (i % 2 === 0 ? fast : slow).next(active, previous);
    assert.ok(revision > (previous ?? 0));
    assert.equal(revision % 2 === 1, active);
    given.add(revision);
    previous = revision;
  }
  assert.equal(given.size, 100);
});

/** A write whose end a test decides. */
function heldWrite() {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  return { write: () => promise, land: resolve, fail: reject };
}

test('rows in memory: a reader that began before a write does not put an old row back', async () => {
  const rows = new WriteThrough<{ v: number }>(10);
  const generation = rows.generation;
  await rows.writing(new Map([['a', 'ask' as const]]), async () => {});
  rows.fill('a', { v: 1 }, generation);
  assert.equal(rows.get('a'), undefined);
  rows.fill('a', { v: 2 }, rows.generation);
  assert.deepEqual(rows.get('a'), { v: 2 });
});

test('rows in memory: while a row is being written nobody puts it in', async () => {
  const rows = new WriteThrough<{ v: number }>(10);
  rows.fill('a', { v: 1 }, rows.generation);
  const { write, land } = heldWrite();
  const writing = rows.writing(new Map([['a', 'ask' as const]]), write);
  assert.equal(rows.get('a'), undefined);
  rows.fill('a', { v: 1 }, rows.generation);
  assert.equal(rows.get('a'), undefined);
  land();
  await writing;
  assert.equal(rows.get('a'), undefined);
});

test('rows in memory: a removal is final whatever overlaps it, and a failed one is not believed', async () => {
  const rows = new WriteThrough<{ v: number }>(10);
  const creation = heldWrite();
  const removal = heldWrite();
  const creating = rows.writing(new Map([['a', { v: 1 }]]), creation.write);
  const removing = rows.writing(new Map([['a', null]]), removal.write);
  removal.land();
  await removing;
  assert.equal(rows.get('a'), null);
  creation.land();
  await creating;
  assert.notDeepEqual(rows.get('a'), { v: 1 });
  rows.fill('b', { v: 1 }, rows.generation);
  const failed = heldWrite();
  const failing = rows.writing(new Map([['b', null]]), failed.write);
  failed.fail(new Error('unknown'));
  await assert.rejects(failing);
  assert.equal(rows.get('b'), undefined);
});

test('rows in memory: a write of a new row that comes after its removal does not bring it back', async () => {
  const rows = new WriteThrough<{ v: number }>(10);
  await rows.writing(new Map([['a', 'ask' as const]]), async () => {});
  await rows.writing(new Map([['a', null]]), async () => {});
  await rows.writing(new Map([['a', { v: 1 }]]), async () => {});
  assert.notDeepEqual(rows.get('a'), { v: 1 });
});
