import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { randomToken, systemRandom } from '#platform/random/random.ts';
import type { Cache } from './port.ts';

export interface CacheUnderTest {
  readonly cache: Cache;
  /** Lets this much of the cache's time pass, and little of the machine's: times to live are minutes. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** What every cache has to do while it remembers. Keys are new in each test, so a server may be shared. */
export function cacheSuite(name: string, open: () => Promise<CacheUnderTest>): void {
  describe(`cache: ${name}`, () => {
    let under: CacheUnderTest;
    let cache: Cache;
    let prefix: string;
    const key = (text: string) => `${prefix}:${text}`;

    beforeEach(async () => {
      prefix = randomToken(systemRandom, 9);
      under = await open();
      cache = under.cache;
    });

    afterEach(() => under.close());

    test('gives what was set, in the order asked for, and nothing for what was not', async () => {
      await cache.setMany([
        { key: key('a'), value: '1', ttlMs: 60_000 },
        { key: key('b'), value: 'zwei 🌍', ttlMs: 60_000 },
        { key: key('empty'), value: '', ttlMs: 60_000 },
      ]);
      assert.deepEqual(await cache.getMany([key('b'), key('none'), key('a'), key('empty'), key('a')]), [
        'zwei 🌍',
        undefined,
        '1',
        '',
        '1',
      ]);
      assert.deepEqual(await cache.getMany([]), []);
      await cache.setMany([]);
      await cache.deleteMany([]);
    });

    test('replaces, with a new time to live', async () => {
      await cache.setMany([{ key: key('a'), value: 'old', ttlMs: 60_000 }]);
      await under.pass(42_000);
      await cache.setMany([{ key: key('a'), value: 'new', ttlMs: 60_000 }]);
      await under.pass(42_000);
      assert.deepEqual(await cache.getMany([key('a')]), ['new']);
    });

    test('forgets after the time to live, each entry its own', async () => {
      await cache.setMany([
        { key: key('short'), value: '1', ttlMs: 60_000 },
        { key: key('long'), value: '2', ttlMs: 3_600_000 },
      ]);
      await under.pass(66_000);
      assert.deepEqual(await cache.getMany([key('short'), key('long')]), [undefined, '2']);
    });

    test('reading does not prolong an entry', async () => {
      await cache.setMany([{ key: key('a'), value: '1', ttlMs: 60_000 }]);
      await under.pass(36_000);
      await cache.getMany([key('a')]);
      await under.pass(36_000);
      assert.deepEqual(await cache.getMany([key('a')]), [undefined]);
    });

    test('an entry without time to live is not kept', async () => {
      await cache.setMany([{ key: key('a'), value: '1', ttlMs: 60_000 }]);
      await cache.setMany([{ key: key('a'), value: '2', ttlMs: 0 }]);
      assert.deepEqual(await cache.getMany([key('a')]), [undefined]);
    });

    test('deletes what is there and what is not', async () => {
      await cache.setMany([{ key: key('a'), value: '1', ttlMs: 60_000 }]);
      await cache.increment(key('n'), 1, 60_000);
      await cache.deleteMany([key('a'), key('none'), key('n')]);
      assert.deepEqual(await cache.getMany([key('a')]), [undefined]);
      assert.equal((await cache.increment(key('n'), 1, 60_000)).value, 1);
    });

    test('counts from 0, and concurrent callers each get their own number', async () => {
      const values = await Promise.all(
        Array.from({ length: 50 }, async () => (await cache.increment(key('n'), 1, 60_000)).value),
      );
      assert.deepEqual(
        values.sort((a, b) => a - b),
        Array.from({ length: 50 }, (_, n) => n + 1),
      );
      assert.equal((await cache.increment(key('n'), 7, 60_000)).value, 57);
      assert.equal((await cache.increment(key('n'), -60, 60_000)).value, -3);
      assert.deepEqual(await cache.getMany([key('n')]), ['-3']);
    });

    test('a counter ends after its first time to live, however often it is used', async () => {
      const first = await cache.increment(key('n'), 1, 60_000);
      assert.ok(first.ttlMs > 0 && first.ttlMs <= 60_000);
      await under.pass(36_000);
      const second = await cache.increment(key('n'), 1, 60_000);
      assert.equal(second.value, 2);
      assert.ok(second.ttlMs > 0 && second.ttlMs <= 24_000, `${second.ttlMs} ms are left`);
      await under.pass(36_000);
      assert.equal((await cache.increment(key('n'), 1, 60_000)).value, 1);
    });

    test('tells whoever listens to the channel, in order, after the call', async () => {
      const got: string[] = [];
      const other: string[] = [];
      const all = Promise.withResolvers<void>();
      await cache.subscribe(key('c'), (message) => {
        got.push(message);
        if (got.length === 3) all.resolve();
      });
      await cache.subscribe(key('other'), (message) => other.push(message));
      const sent = Promise.all(['1', '2', '3'].map((message) => cache.publish(key('c'), message)));
      assert.deepEqual(got, [], 'nobody is called within the publisher');
      await sent;
      await all.promise;
      assert.deepEqual(got, ['1', '2', '3']);
      assert.deepEqual(other, []);
    });

    test('a listener that throws hurts neither the publisher nor the others', async () => {
      const heard = Promise.withResolvers<string>();
      await cache.subscribe(key('c'), () => {
        throw new Error('listener');
      });
      await cache.subscribe(key('c'), heard.resolve);
      await cache.publish(key('c'), 'hello');
      assert.equal(await heard.promise, 'hello');
    });

    test('who has left hears nothing more, others go on, and leaving twice is no error', async () => {
      const left: string[] = [];
      const heard = Promise.withResolvers<string>();
      const leave = await cache.subscribe(key('c'), (message) => left.push(message));
      await cache.subscribe(key('c'), heard.resolve);
      await leave();
      await leave();
      await cache.publish(key('c'), 'hello');
      assert.equal(await heard.promise, 'hello');
      assert.deepEqual(left, []);
    });

    test('nobody listens, nobody minds', async () => {
      await cache.publish(key('silence'), 'hello');
    });
  });
}
