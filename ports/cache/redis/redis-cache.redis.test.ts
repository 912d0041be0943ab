import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { runningPid, signalNode, startNode } from '#engines/node-process.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { createLog } from '#platform/telemetry/log.ts';
import type { Cache } from '#ports/cache/port.ts';
import { cacheSuite } from '#ports/cache/suite.ts';
import { openRedisCache } from './redis-cache.ts';
import { slotOf } from './slots.ts';
import { startTestRedis, type TestRedis } from './testing.ts';

const log = createLog('silent');
let redis: TestRedis;
before(async () => {
  redis = await startTestRedis({ masters: 3, replicas: 3 });
});
after(() => redis.stop());

const address = () =>
  `redis://127.0.0.1:${redis.basePort},127.0.0.1:${redis.basePort + 1},127.0.0.1:${redis.basePort + 2}`;
const open = () => openRedisCache({ url: address(), clock: systemClock, log });

cacheSuite('Redis Cluster', async () => {
  const cache = await open();
  return { cache, pass: (ms) => redis.pass(ms), close: () => cache.close() };
});

describe('the cache in Redis', () => {
  let cache: Cache;
  let another: Cache;
  before(async () => {
    cache = await open();
    another = await open();
  });
  after(async () => {
    await cache.close();
    await another.close();
  });

  test('the slot of a key is that of the server', async () => {
    for (const key of [
      '',
      'a',
      'feed:home:12345',
      'with {braces} within',
      '{}empty',
      'open{ended',
      'zwei 🌍',
      '}{x}{y}',
    ]) {
      assert.equal(Number(await redis.engine.cli(['cluster', 'keyslot', key])), slotOf(key), key);
    }
  });

  test('time passes in the server', async () => {
    await cache.setMany([{ key: 'soon', value: '1', ttlMs: 50 }]);
    await until(async () => (await cache.getMany(['soon']))[0] === undefined);
    await cache.increment('soon-counted', 5, 50);
    await until(async () => (await cache.increment('soon-counted', 0, 50)).value === 0);
  });

  test('a counter that holds a text is a mistake, not a cache that is away', async () => {
    await cache.setMany([{ key: 'text', value: 'x', ttlMs: 60_000 }]);
    await assert.rejects(cache.increment('text', 1, 1_000), (error) => !(error instanceof PlazaError));
  });

  test('hears what another process says', async () => {
    const heard = Promise.withResolvers<string>();
    await cache.subscribe('news', heard.resolve);
    await another.publish('news', 'hello');
    assert.equal(await heard.promise, 'hello');
  });

  test('follows a slot that moves to another master, with its channels', async () => {
    const key = 'moving';
    const slot = slotOf(key);
    const heard: string[] = [];
    await cache.subscribe(key, (message) => heard.push(message));
    await cache.setMany([{ key, value: 'before', ttlMs: 60_000 }]);
    const from = await redis.masterOf(slot);
    const to = (await Promise.all([0, 5_461, 16_383].map((other) => redis.masterOf(other)))).find((at) => at !== from)!;
    await moveSlot(slot, from, to);
    assert.equal(await redis.masterOf(slot), to);
    assert.deepEqual(await cache.getMany([key]), ['before']);
    await cache.setMany([{ key, value: 'after', ttlMs: 60_000 }]);
    assert.deepEqual(await another.getMany([key]), ['after']);
    await untilHeard(heard, key);
  });

  for (const [signal, what] of [
    ['SIGKILL', 'dies'],
    ['SIGSTOP', 'hangs'],
  ] as const) {
    test(`when a master ${what}, its replica takes over, and the other masters answer meanwhile`, async () => {
      const key = `failover-${signal}`;
      const slot = slotOf(key);
      const elsewhere = keyOutside(slot);
      const heard: string[] = [];
      await cache.subscribe(key, (message) => heard.push(message));
      await cache.setMany([{ key: elsewhere, value: 'kept', ttlMs: 600_000 }]);
      const node = redis.engine.nodes[await redis.masterOf(slot)]!;
      assert.ok(signalNode(node, signal));
      if (signal === 'SIGKILL') await until(async () => runningPid(node) === undefined);
      assert.deepEqual(await cache.getMany([elsewhere, key]), ['kept', undefined]);
      await until(async () => {
        await cache.setMany([{ key, value: signal, ttlMs: 600_000 }]);
        return (await cache.getMany([key]))[0] === signal;
      });
      await untilHeard(heard, key);
      signalNode(node, 'SIGCONT');
      await startNode(node);
      await redis.engine.join!();
      await until(async () => (await cache.getMany([key]))[0] === signal);
    });
  }

  test('is unavailable, soon, while all of Redis hangs or is gone, and back by itself', async () => {
    const heard: string[] = [];
    await cache.subscribe('all', (message) => heard.push(message));
    for (const node of redis.engine.nodes) signalNode(node, 'SIGSTOP');
    await isUnavailable(cache.getMany(['a', 'b', 'c']));
    for (const call of [
      () => cache.setMany([{ key: 'a', value: '1', ttlMs: 1_000 }]),
      () => cache.deleteMany(['a']),
      () => cache.increment('n', 1, 1_000),
      () => cache.publish('all', 'x'),
    ]) {
      await isUnavailable(call());
    }
    const late: string[] = [];
    await cache.subscribe('meanwhile', (message) => late.push(message));
    for (const node of redis.engine.nodes) signalNode(node, 'SIGKILL');
    const opened = await open();
    await isUnavailable(opened.getMany(['a']));
    for (const node of redis.engine.nodes) await until(async () => runningPid(node) === undefined);
    await Promise.all(redis.engine.nodes.map(startNode));
    await redis.engine.join!();
    for (const each of [cache, opened]) {
      await until(async () => {
        await each.setMany([{ key: 'back', value: '1', ttlMs: 60_000 }]);
        return true;
      });
    }
    await untilHeard(heard, 'all');
    await untilHeard(late, 'meanwhile');
    await opened.close();
  });

  test('a closed cache is unavailable', async () => {
    const closed = await open();
    await closed.close();
    await closed.close();
    await isUnavailable(closed.getMany(['a']));
  });

  async function untilHeard(heard: string[], channel: string): Promise<void> {
    const before = heard.length;
    await until(async () => {
      await another.publish(channel, 'again');
      return heard.length > before;
    });
  }

  async function moveSlot(slot: number, from: number, to: number): Promise<void> {
    const cli = (at: number, ...args: string[]) => redis.engine.cli(args, at);
    const ids = (await Promise.all([from, to].map((at) => cli(at, 'cluster', 'myid')))).map((text) => text.trim());
    await cli(to, 'cluster', 'setslot', String(slot), 'importing', ids[0]!);
    await cli(from, 'cluster', 'setslot', String(slot), 'migrating', ids[1]!);
    const keys = (await cli(from, 'cluster', 'getkeysinslot', String(slot), '100')).split('\n').filter(Boolean);
    const port = String(redis.basePort + to);
    await cli(from, 'migrate', '127.0.0.1', port, '', '0', '5000', 'keys', ...keys);
    for (const at of [to, from]) await cli(at, 'cluster', 'setslot', String(slot), 'node', ids[1]!);
    await until(async () => (await redis.masterOf(slot)) === to);
  }
});

/** A key that another master serves: slots are dealt out in three thirds. */
function keyOutside(slot: number): string {
  for (let at = 0; ; at++) {
    const other = slotOf(`elsewhere-${at}`);
    if (Math.abs(other - slot) > 5_500) return `elsewhere-${at}`;
  }
}

async function isUnavailable(call: Promise<unknown>): Promise<void> {
  await assert.rejects(call, (error) => error instanceof PlazaError && error.code === 'unavailable');
}

const DEADLINE_MS = 120_000;

/** Waits until something holds; what fails as unavailable does not hold yet. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = systemClock.monotonic() + DEADLINE_MS;
  for (;;) {
    const held = await holds().catch((error) => {
      if (error instanceof PlazaError && error.code === 'unavailable') return false;
      throw error;
    });
    if (held) return;
    assert.ok(systemClock.monotonic() < deadline, 'it does not come about');
    await turn();
  }
}
