import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestClock } from '#platform/clock/test-clock.ts';
import { CROWD, CROWD_KEEP_MS, Crowds } from './crowds.ts';
import { FreshReads } from './fresh-reads.ts';
import { SharedReads } from './shared-reads.ts';

/** A store whose reads take what stands there when they begin, and answer when they are told to. */
function slowStore() {
  const answers: (() => void)[] = [];
  const store = {
    value: 'old',
    reads: 0,
    read(): Promise<string> {
      store.reads++;
      const { value } = store;
      return new Promise((resolve) => answers.push(() => resolve(value)));
    },
    answer: () => answers.shift()!(),
    /** So many reads have begun, and no more begin unasked. */
    async begun(count: number) {
      for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
      assert.equal(store.reads, count);
    },
  };
  return store;
}

const READERS = 1_000;
const everyone = (read: () => Promise<string>) => Promise.all(Array.from({ length: READERS }, read));

test('readers of what cannot change share the read that is under way, and the next reader after it reads anew', async () => {
  const store = slowStore();
  const reads = new SharedReads<string>();
  const all = everyone(() => reads.read('a', store.read));
  const other = reads.read('b', store.read);
  assert.equal(store.reads, 2, 'one for each key');
  store.answer();
  store.answer();
  assert.deepEqual(new Set(await all), new Set(['old']));
  await other;
  const again = reads.read('a', store.read);
  assert.equal(store.reads, 3);
  store.answer();
  await again;
});

test('whoever asks after a change gets no read that began before it, and all who wait share one', async () => {
  const store = slowStore();
  const reads = new FreshReads<string>();
  const early = everyone(() => reads.read('a', store.read));
  assert.equal(store.reads, 0, 'it begins when all who came together have joined');
  await store.begun(1);
  store.value = 'new';
  const late = everyone(() => reads.read('a', store.read));
  store.answer();
  assert.deepEqual(new Set(await early), new Set(['old']));
  await store.begun(2);
  const latest = reads.read('a', store.read);
  store.answer();
  assert.deepEqual(new Set(await late), new Set(['new']));
  await store.begun(3);
  store.answer();
  await latest;
  const alone = reads.read('a', store.read);
  await store.begun(4);
  store.answer();
  assert.equal(await alone, 'new', 'nothing is kept');
});

test('a crowd that waits gets the read that is under way, and so does who comes within a second of it', async () => {
  const store = slowStore();
  const clock = new TestClock();
  const reads = new FreshReads<string>(new Crowds(clock));
  const first = reads.read('a', store.read);
  await store.begun(1);
  const all = Promise.all(Array.from({ length: CROWD - 1 }, () => reads.read('a', store.read)));
  store.value = 'new';
  store.answer();
  assert.deepEqual(new Set([await first, ...(await all)]), new Set(['old']));
  clock.advance(CROWD_KEEP_MS - 1);
  assert.equal(await reads.read('a', store.read), 'old');
  await store.begun(1);
  clock.advance(1);
  const later = reads.read('a', store.read);
  await store.begun(2);
  store.answer();
  assert.equal(await later, 'new');
});

test('a crowd gets no read that has taken longer than what it gets may be old', async () => {
  const store = slowStore();
  const clock = new TestClock();
  const reads = new FreshReads<string>(new Crowds(clock));
  const first = reads.read('a', store.read);
  await store.begun(1);
  const all = Promise.all(Array.from({ length: CROWD }, () => reads.read('a', store.read)));
  clock.advance(CROWD_KEEP_MS);
  store.value = 'new';
  store.answer();
  assert.equal(await first, 'old');
  await store.begun(2);
  store.answer();
  assert.deepEqual(new Set(await all), new Set(['new']));
});

test('fewer than a crowd get a read of their own, which begins after they asked', async () => {
  const store = slowStore();
  const reads = new FreshReads<string>(new Crowds(new TestClock()));
  const first = reads.read('a', store.read);
  await store.begun(1);
  const some = Promise.all(Array.from({ length: CROWD - 2 }, () => reads.read('a', store.read)));
  store.value = 'new';
  store.answer();
  assert.equal(await first, 'old');
  await store.begun(2);
  store.answer();
  assert.deepEqual(new Set(await some), new Set(['new']));
});

for (const [name, reads] of [
  ['shared', new SharedReads<string>()],
  ['fresh', new FreshReads<string>()],
  ['crowded', new FreshReads<string>(new Crowds(new TestClock()))],
] as const) {
  test(`a ${name} read that fails, fails for those who share it, and is not kept`, async () => {
    const first = reads.read('a', () => Promise.reject(new Error('away')));
    const second = reads.read('a', async () => 'not asked');
    await assert.rejects(first, /away/);
    await assert.rejects(second, /away/);
    assert.equal(await reads.read('a', async () => 'there'), 'there');
  });
}
