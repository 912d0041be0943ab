import type { Clock } from '#platform/clock/clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Metrics } from '#platform/telemetry/metrics.ts';
import type { Cache } from '#ports/cache/port.ts';
import { redisAddress, type TlsFiles } from './address.ts';
import { Link } from './link.ts';
import { Listening } from './listening.ts';

export interface RedisCacheOptions {
  /** `redis://user:password@host:7000,host:7000`, or `rediss://…` for TLS: some nodes of the cluster. */
  readonly url: string;
  /** Contents of PEM files, for `rediss`. */
  readonly tls?: TlsFiles | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics?: Metrics;
}

/**
 * The cache in a Redis Cluster. Opens also while Redis is away, and uses it as soon as it is there.
 * @throws RangeError when the address is not one
 */
export async function openRedisCache({ url, tls = {}, clock, log, metrics }: RedisCacheOptions): Promise<Cache> {
  const address = redisAddress(url);
  const link = new Link(address, { tls, clock, log, onCheck: () => void listening.round() });
  const listening = new Listening(link, { address, tls, clock });
  const failures = metrics?.counter('plaza_cache_failures_total', 'Calls that the cache did not answer.', ['call']);
  metrics?.gauge('plaza_cache_whole', '1 while every master of the cache answers, else 0.', [], (gauge) => {
    gauge.set(link.whole ? 1 : 0);
  });
  let closed = false;
  await link.start();

  /** Every key by itself, because keys of one call live on different masters. The library sends them without waiting in between. */
  async function each<T, R>(call: string, items: readonly T[], run: (item: T) => Promise<R>) {
    if (closed) throw new PlazaError('unavailable', 'The cache is closed');
    const outcomes = await Promise.allSettled(items.map(run));
    for (const outcome of outcomes) if (outcome.status === 'rejected') failures?.inc({ call });
    return outcomes;
  }

  async function all<T, R>(call: string, items: readonly T[], run: (item: T) => Promise<R>): Promise<R[]> {
    return (await each(call, items, run)).map((outcome) => {
      if (outcome.status === 'rejected') throw outcome.reason;
      return outcome.value;
    });
  }

  return {
    async getMany(keys) {
      const outcomes = await each('getMany', keys, (key) => link.run(key, (redis) => redis.get(key)));
      const first = outcomes[0];
      if (first?.status === 'rejected' && outcomes.every(({ status }) => status === 'rejected')) throw first.reason;
      return outcomes.map((outcome) => (outcome.status === 'fulfilled' ? (outcome.value ?? undefined) : undefined));
    },

    async setMany(entries) {
      await all('setMany', entries, ({ key, value, ttlMs }) =>
        link.run<unknown>(key, (redis) =>
          ttlMs > 0 ? redis.set(key, value, { expiration: { type: 'PX', value: Math.ceil(ttlMs) } }) : redis.del(key),
        ),
      );
    },

    async deleteMany(keys) {
      await all('deleteMany', keys, (key) => link.run(key, (redis) => redis.del(key)));
    },

    async increment(key, by, ttlMs) {
      const [outcome] = await all('increment', [key], () =>
        link.run(key, (redis) => redis.increment(key, by, Math.max(1, Math.ceil(ttlMs)))),
      );
      const [value, left] = outcome as unknown as readonly [number, number];
      return { value, ttlMs: Math.max(1, left) };
    },

    async publish(channel, message) {
      await all('publish', [channel], () => link.run(channel, (redis) => redis.sPublish(channel, message)));
    },

    async subscribe(channel, listen) {
      if (closed) throw new PlazaError('unavailable', 'The cache is closed');
      return listening.subscribe(channel, listen);
    },

    async close() {
      if (closed) return;
      closed = true;
      await listening.close();
      await link.close();
    },
  };
}
