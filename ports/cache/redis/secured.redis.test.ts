import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeCertificates } from '#engines/certificates.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { openRedisCache } from './redis-cache.ts';
import { startTestRedis, type TestRedis } from './testing.ts';

const PASSWORD = 'a p@ss/word: "quoted"';
const log = createLog('silent');
let folder: string;
let redis: TestRedis;
let tls: { ca: string; cert: string; key: string };

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plaza-redis-tls-'));
  const files = await makeCertificates(folder);
  tls = {
    ca: readFileSync(files.ca, 'utf8'),
    cert: readFileSync(files.clientCert, 'utf8'),
    key: readFileSync(files.clientKey, 'utf8'),
  };
  redis = await startTestRedis({
    masters: 3,
    replicas: 0,
    password: PASSWORD,
    tls: { ca: files.ca, cert: files.serverCert, key: files.serverKey },
  });
});
after(async () => {
  await redis?.stop();
  rmSync(folder, { recursive: true });
});

const url = (scheme: string, password: string) =>
  `${scheme}://default:${encodeURIComponent(password)}@127.0.0.1:${redis.basePort}`;

test('with TLS, a certificate of its own and a password it reads, counts and hears', async () => {
  const cache = await openRedisCache({ url: url('rediss', PASSWORD), tls, clock: systemClock, log });
  try {
    await cache.setMany(['a', 'b', 'c', 'd'].map((key) => ({ key, value: key, ttlMs: 60_000 })));
    assert.deepEqual(await cache.getMany(['d', 'c', 'b', 'a']), ['d', 'c', 'b', 'a']);
    assert.equal((await cache.increment('n', 2, 60_000)).value, 2);
    const heard = Promise.withResolvers<string>();
    await cache.subscribe('channel', heard.resolve);
    await cache.publish('channel', 'hello');
    assert.equal(await heard.promise, 'hello');
  } finally {
    await cache.close();
  }
});

for (const [what, options] of [
  ['a wrong password', () => ({ url: url('rediss', 'wrong-hunter2'), tls })],
  ['no TLS', () => ({ url: url('redis', PASSWORD) })],
  ['an authority that nobody named', () => ({ url: url('rediss', PASSWORD), tls: { cert: tls.cert, key: tls.key } })],
  ['no certificate of its own', () => ({ url: url('rediss', PASSWORD), tls: { ca: tls.ca } })],
] as const) {
  test(`with ${what} it is away, and the log says so without the password`, async () => {
    const lines: string[] = [];
    const told = createLog('trace', { write: (line: string) => void lines.push(line) });
    const cache = await openRedisCache({ ...options(), clock: systemClock, log: told });
    try {
      await assert.rejects(
        cache.getMany(['a']),
        (error) => error instanceof PlazaError && error.code === 'unavailable',
      );
      const text = lines.join('\n');
      assert.match(text, /the cache is away/);
      for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), 'hunter2']) assert.ok(!text.includes(secret), text);
    } finally {
      await cache.close();
    }
  });
}
