import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestClock } from '#platform/clock/test-clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { seededRandom } from '#platform/random/random.ts';
import { forgetfulCache } from '#ports/cache/forgetful.ts';
import { cacheSuite } from '#ports/cache/suite.ts';
import { memoryCache } from './memory-cache.ts';

cacheSuite('memory', async () => {
  const clock = new TestClock();
  const cache = memoryCache({ clock });
  return { cache, pass: async (ms) => clock.advance(ms), close: () => cache.close() };
});

cacheSuite('a wrapper that never forgets', async () => {
  const clock = new TestClock();
  const cache = forgetfulCache(memoryCache({ clock }), { random: seededRandom('none'), lose: 0 });
  return { cache, pass: async (ms) => clock.advance(ms), close: () => cache.close() };
});

test('memory is bounded: the least recently used entries go first', async () => {
  const cache = memoryCache({ clock: new TestClock(), maxSizeBytes: 100_000 });
  const value = 'x'.repeat(1_000);
  await cache.setMany([{ key: 'kept', value, ttlMs: 60_000 }]);
  for (let n = 0; n < 1_000; n++) {
    await cache.setMany([{ key: `k${n}`, value, ttlMs: 60_000 }]);
    await cache.getMany(['kept']);
  }
  const keys = Array.from({ length: 1_000 }, (_, n) => `k${n}`);
  const left = (await cache.getMany(keys)).filter((found) => found !== undefined);
  assert.ok(left.length > 50 && left.length < 100, `${left.length} entries are left`);
  assert.deepEqual(await cache.getMany(['kept', 'k0', 'k999']), [value, undefined, value]);
});

test('an entry larger than the whole cache is not kept, and takes its older value with it', async () => {
  const cache = memoryCache({ clock: new TestClock(), maxSizeBytes: 1_000 });
  await cache.setMany([{ key: 'a', value: 'small', ttlMs: 60_000 }]);
  await cache.setMany([{ key: 'a', value: 'x'.repeat(2_000), ttlMs: 60_000 }]);
  assert.deepEqual(await cache.getMany(['a']), [undefined]);
});

test('a closed cache is unavailable', async () => {
  const cache = memoryCache({ clock: new TestClock() });
  await cache.close();
  await assert.rejects(cache.getMany(['a']), (error) => error instanceof PlazaError && error.code === 'unavailable');
});

test('the forgetful cache loses entries, counters and messages, and fails, the same way for the same seed', async () => {
  const run = async (seed: string) => {
    const inner = memoryCache({ clock: new TestClock() });
    const cache = forgetfulCache(inner, { random: seededRandom(seed), lose: 0.3, fail: 0.2 });
    const seen: string[] = [];
    for (let n = 0; n < 100; n++) {
      try {
        await cache.setMany([{ key: `k${n}`, value: '1', ttlMs: 1_000 }]);
        const [found] = await cache.getMany([`k${n}`]);
        const { value } = await cache.increment('count', 1, 1_000);
        seen.push(`${found} ${value}`);
      } catch (error) {
        assert.ok(error instanceof PlazaError && error.code === 'unavailable');
        seen.push('failed');
      }
    }
    return seen;
  };
  const first = await run('seed');
  assert.deepEqual(first, await run('seed'));
  assert.notDeepEqual(first, await run('another'));
  assert.ok(first.includes('failed'));
  assert.ok(first.some((line) => line.startsWith('undefined')));
  assert.ok(first.filter((line) => line.endsWith(' 1')).length > 2, 'the counter was lost and began anew');
});

test('with everything lost, nothing is ever found or heard', async () => {
  const cache = forgetfulCache(memoryCache({ clock: new TestClock() }), { random: seededRandom('all'), lose: 1 });
  const heard: string[] = [];
  await cache.subscribe('c', (message) => heard.push(message));
  await cache.setMany([{ key: 'a', value: '1', ttlMs: 1_000 }]);
  await cache.publish('c', 'hello');
  assert.deepEqual(await cache.getMany(['a']), [undefined]);
  assert.deepEqual(heard, []);
});
