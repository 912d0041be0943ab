import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestClock } from '#platform/clock/test-clock.ts';
import { LeapingClock } from './leaping-clock.ts';

const HOUR_MS = 3_600_000;

test('it begins in the past, runs with the clock below, and leaps forward only, up to the present', () => {
  const below = new TestClock();
  const presentMs = below.now();
  const clock = new LeapingClock(below, 10 * HOUR_MS);
  const monotonicMs = clock.monotonic();
  assert.equal(clock.now(), presentMs - 10 * HOUR_MS);
  below.advance(1_000);
  assert.equal(clock.now(), presentMs - 10 * HOUR_MS + 1_000);
  clock.leapTo(presentMs - HOUR_MS);
  assert.equal(clock.now(), presentMs - HOUR_MS);
  assert.equal(clock.monotonic() - monotonicMs, 9 * HOUR_MS);
  clock.leapTo(presentMs - 5 * HOUR_MS);
  assert.equal(clock.now(), presentMs - HOUR_MS);
  clock.leapTo(presentMs + HOUR_MS);
  assert.equal(clock.now(), below.now());
});

test('a wait ends with the time below, with a leap over its end, or with its signal, and not before', async () => {
  const below = new TestClock();
  const clock = new LeapingClock(below, 10 * HOUR_MS);
  const over: string[] = [];
  const stop = new AbortController();
  const waits = [
    clock.wait(1_000).then(() => over.push('second')),
    clock.wait(HOUR_MS).then(() => over.push('hour')),
    clock.wait(9 * HOUR_MS, stop.signal).then(() => over.push('stopped')),
  ];
  below.advance(1_000);
  await waits[0];
  assert.deepEqual(over, ['second']);
  clock.leapTo(clock.now() + 2 * HOUR_MS);
  await waits[1];
  assert.deepEqual(over, ['second', 'hour']);
  stop.abort();
  await waits[2];
  assert.deepEqual(over, ['second', 'hour', 'stopped']);
});
