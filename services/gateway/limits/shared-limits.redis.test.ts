import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { runningPid, signalNode } from '#engines/node-process.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { createLog } from '#platform/telemetry/log.ts';
import type { Cache } from '#ports/cache/port.ts';
import { openRedisCache } from '#ports/cache/redis/redis-cache.ts';
import { startTestRedis, type TestRedis } from '#ports/cache/redis/testing.ts';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';
import { DEFAULT_RATE_LIMITS } from './rate-limits.ts';

const LIMIT = 6;
let redis: TestRedis;
let caches: Cache[];
let gateways: TestGateway[];

before(async () => {
  redis = await startTestRedis({ masters: 3, replicas: 0 });
  const url = `redis://127.0.0.1:${redis.basePort}`;
  const rateLimits = {
    ...DEFAULT_RATE_LIMITS,
    address: { requests: LIMIT, windowMs: 3_600_000, per: 'address' },
  } as const;
  const config = { rateLimits, alone: false, trustedProxies: ['127.0.0.0/8'] };
  caches = await Promise.all([1, 2].map(() => openRedisCache({ url, clock: systemClock, log: createLog('silent') })));
  gateways = await Promise.all(caches.map((cache) => startTestGateway({ cache, config })));
});
after(async () => {
  for (const gateway of gateways ?? []) await gateway.stop();
  for (const cache of caches ?? []) await cache.close();
  await redis?.stop();
});

/** How many of twice the limit pass, by turns at the gateways named. */
async function passed(address: string, at: readonly number[]): Promise<number> {
  let count = 0;
  for (let n = 0; n < 2 * LIMIT; n++) {
    const gateway = gateways[at[n % at.length]!]!;
    const headers = { 'x-forwarded-for': address };
    const answer = await gateway.call('GET', '/api/v1/instance/rules', { headers });
    await answer.arrayBuffer();
    assert.ok(answer.status === 200 || answer.status === 429, String(answer.status));
    if (answer.status === 200) count += 1;
  }
  return count;
}

test('two gateways count together while Redis is there', async () => {
  assert.equal(await passed('203.0.113.1', [0, 1]), LIMIT);
  assert.equal(await passed('203.0.113.2', [0]), LIMIT);
  assert.equal(await passed('203.0.113.2', [1]), 0, 'the other one knows it');
});

test('each counts for itself while Redis is gone, and forgets nothing that it knew', async () => {
  for (const node of redis.engine.nodes) signalNode(node, 'SIGKILL');
  while (redis.engine.nodes.some((node) => runningPid(node) !== undefined)) await new Promise(setImmediate);
  assert.equal(await passed('203.0.113.3', [0, 1]), 2 * LIMIT);
  assert.equal(await passed('203.0.113.3', [0, 1]), 0);
  assert.equal(await passed('203.0.113.1', [0]), 0);
});
