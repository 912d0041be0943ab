import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TestClock } from '#platform/clock/test-clock.ts';
import {
  compareIds,
  cursorText,
  ID_DIGITS,
  IdClockError,
  idAt,
  idTimeMs,
  isId,
  MAX_ID,
  MAX_WORKER,
  snowflakeIds,
} from './ids.ts';

const SEED = process.env.SEED === undefined ? undefined : Number(process.env.SEED);
// fast-check prints the seed of a run that fails.
const run = (property: fc.IProperty<unknown> | fc.IPropertyWithHooks<unknown>) =>
  fc.assert(property as fc.IProperty<unknown>, SEED === undefined ? {} : { seed: SEED });

const time = () => fc.integer({ min: Date.UTC(2022, 7, 1), max: Date.UTC(2084, 0, 1) });
/** What happens to a clock: time passes, stands still, or is set back a little. */
const steps = () => fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 200 });

test('ids of one generator grow strictly and have 19 digits, whatever the clock does', () => {
  run(
    fc.property(time(), steps(), fc.integer({ min: 0, max: MAX_WORKER }), (startMs, moves, worker) => {
      const clock = new TestClock(startMs);
      const ids = snowflakeIds(clock, worker);
      let last = '0';
      for (const move of moves) {
        clock.advance(move);
        const id = ids.next();
        assert.equal(id.length, ID_DIGITS);
        assert.ok(compareIds(id, last) > 0, `${id} after ${last}`);
        assert.ok(isId(id));
        last = id;
      }
    }),
  );
});

test('an id says when it was made, and sorts as text, as number and in time alike', () => {
  run(
    fc.property(time(), time(), (a, b) => {
      const idOf = (ms: number) => snowflakeIds(new TestClock(ms), 7).next();
      assert.equal(idTimeMs(idOf(a)), a);
      assert.equal(Math.sign(compareIds(idOf(a), idOf(b))), Math.sign(a - b));
      assert.equal(idOf(a) < idOf(b), a < b);
      assert.ok(compareIds(idAt(a), idOf(a)) <= 0 && compareIds(idAt(a + 1), idOf(a)) > 0);
    }),
  );
});

test('a reply’s id is larger than its parent’s, even when the parent was made on a machine whose clock is ahead', () => {
  run(
    fc.property(time(), fc.integer({ min: -10_000, max: 9_000 }), (nowMs, aheadMs) => {
      const parent = snowflakeIds(new TestClock(nowMs + aheadMs), 2).next();
      const ids = snowflakeIds(new TestClock(nowMs), 1);
      const reply = ids.next(parent);
      assert.ok(compareIds(reply, parent) > 0);
      assert.ok(compareIds(ids.next(), reply) > 0);
    }),
  );
});

test('more than 4096 ids in one millisecond borrow from the next', () => {
  const clock = new TestClock();
  const ids = snowflakeIds(clock, 0);
  const made = new Set<string>();
  for (let i = 0; i < 10_000; i++) made.add(ids.next());
  assert.equal(made.size, 10_000);
});

test('two workers never give the same id', () => {
  const clock = new TestClock();
  const one = snowflakeIds(clock, 1);
  const two = snowflakeIds(clock, 2);
  const made = new Set<string>();
  for (let i = 0; i < 5_000; i++) made.add(one.next()).add(two.next());
  assert.equal(made.size, 10_000);
});

test('a clock that was set far back, a parent from the far future and a lease that ended stop ids', () => {
  const clock = new TestClock();
  const ids = snowflakeIds(clock, 1);
  ids.next();
  clock.advance(-60_000);
  assert.throws(() => ids.next(), IdClockError);
  clock.advance(60_001);
  ids.next();
  assert.throws(() => snowflakeIds(clock, 1).next(idAt(clock.now() + 60_000)), IdClockError);
  assert.throws(() => snowflakeIds(clock, 1, () => false).next(), IdClockError);
  assert.throws(() => ids.next(idAt(clock.now() + 60_000)), IdClockError);
  assert.equal(idTimeMs(ids.next()), clock.now(), 'what was refused leaves no trace in the ids that follow');
  for (const worker of [-1, 1_024, 1.5]) assert.throws(() => snowflakeIds(clock, worker), RangeError);
});

test('what a client sends is an id only between 1 and 2^63 - 1', () => {
  for (const id of ['1', '42', MAX_ID]) assert.ok(isId(id), id);
  for (const text of ['', '0', '01', '-1', '1.0', '9223372036854775808', '99999999999999999999', '1e3', ' 1', '１']) {
    assert.ok(!isId(text), text);
  }
  run(
    fc.property(fc.bigInt({ min: 1n, max: 2n ** 70n }), (value) =>
      assert.equal(isId(String(value)), value < 2n ** 63n),
    ),
  );
  run(
    fc.property(fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }), time(), (cursor, ms) => {
      const id = snowflakeIds(new TestClock(ms), 0).next();
      assert.equal(cursorText(String(cursor)) < id, cursor < BigInt(id));
    }),
  );
});

test('the time of an id is its upper bits, for every id', () => {
  const upperBits = (id: bigint) => Number(id >> 22n) + Date.UTC(2015, 0, 1);
  const anyId = fc.bigInt({ min: 1n, max: 2n ** 63n - 1n });
  // Beside the first and the last id of a millisecond a rounded sum would show.
  const edge = fc.tuple(fc.bigInt({ min: 0n, max: 2n ** 41n - 2n }), fc.constantFrom(-1n, 0n, 1n));
  run(fc.property(anyId, (id) => assert.equal(idTimeMs(String(id)), upperBits(id))));
  run(
    fc.property(edge, ([ms, step]) => {
      const id = ((ms + 1n) << 22n) + step;
      assert.equal(idTimeMs(String(id)), upperBits(id));
    }),
  );
  for (const id of [1n, 10n ** 18n, 10n ** 18n - 1n, 4_600_000_000n * 10n ** 9n, 2n ** 63n - 1n])
    assert.equal(idTimeMs(String(id)), upperBits(id));
});
