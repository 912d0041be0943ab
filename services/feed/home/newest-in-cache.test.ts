import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestClock } from '#platform/clock/test-clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { systemRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { memoryCache } from '#ports/cache/memory/memory-cache.ts';
import type { Cache } from '#ports/cache/port.ts';
import type { Newest } from './newest.ts';
import { NewestInCache } from './newest-in-cache.ts';

const READER = '1';

/** A cache that can be away, two processes that share it, and a store that counts how often it is read. */
function world() {
  const inner = memoryCache({ clock: new TestClock() });
  const state = { away: false, posts: ['10'], reads: 0 };
  const cache: Cache = {
    ...inner,
    getMany: async (keys) => inner.getMany(keys),
    setMany: async (entries) => {
      if (state.away) throw new PlazaError('unavailable', 'away');
      await inner.setMany(entries);
    },
  };
  const open = () => new NewestInCache(cache, systemRandom, createLog('silent'));
  const load = async (): Promise<Newest> => {
    state.reads++;
    const entries = state.posts.map((postId) => ({ postId, authorId: '2', targetId: null, tags: '' }));
    return { entries, from: '1' };
  };
  const seen = async (newest: NewestInCache) => (await newest.get(READER, load)).entries.map(({ postId }) => postId);
  return { state, seen, one: open(), other: open() };
}

test('a list is read from the store once, until somebody stores entries', async () => {
  const { state, seen, one, other } = world();
  assert.deepEqual(await seen(one), ['10']);
  assert.deepEqual(await seen(other), ['10']);
  assert.equal(state.reads, 1);
  state.posts = ['11', '10'];
  await one.added([READER]);
  assert.deepEqual(await seen(other), ['11', '10']);
});

test('who could not replace the mark believes no list, and replaces it when the cache takes it, for all', async () => {
  const { state, seen, one, other } = world();
  await seen(one);
  state.posts = ['11', '10'];
  state.away = true;
  await one.added([READER]);
  assert.deepEqual(await seen(one), ['11', '10'], 'while the cache is away');
  state.away = false;
  await one.added(['another reader']);
  assert.deepEqual(await seen(other), ['11', '10'], 'the mark went along with the next');
  const { reads } = state;
  assert.deepEqual(await seen(one), ['11', '10']);
  assert.equal(state.reads, reads, 'and is owed no longer');
});
