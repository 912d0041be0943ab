import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestClock } from '#platform/clock/test-clock.ts';
import { LeapingClock } from './leaping-clock.ts';

const HOUR_MS = 3_600_000;

test('it begins in the past, runs with the clock below, and leaps forward only, up to the present', () => {
  const below = new TestClock();
  const presentMs = below.now();
  const clock = new LeapingClock(below, 10 * HOUR_MS);
  assert.equal(clock.now(), presentMs - 10 * HOUR_MS);
  below.advance(1_000);
  assert.equal(clock.now(), presentMs - 10 * HOUR_MS + 1_000);
  clock.leapTo(presentMs - HOUR_MS + 0.4);
  assert.equal(clock.now(), presentMs - HOUR_MS);
  clock.leapTo(presentMs - 5 * HOUR_MS);
  assert.equal(clock.now(), presentMs - HOUR_MS);
  clock.leapTo(presentMs + HOUR_MS);
  assert.equal(clock.now(), below.now());
});

test('a leap moves neither monotonic time nor whoever waits', async () => {
  const below = new TestClock();
  const clock = new LeapingClock(below, 10 * HOUR_MS);
  const monotonicMs = clock.monotonic();
  let over = false;
  const wait = clock.wait(HOUR_MS).then(() => {
    over = true;
  });
  clock.leapTo(clock.now() + 5 * HOUR_MS);
  await Promise.resolve();
  assert.deepEqual([clock.monotonic(), over], [monotonicMs, false]);
  below.advance(HOUR_MS);
  await wait;
  assert.equal(over, true);
});
