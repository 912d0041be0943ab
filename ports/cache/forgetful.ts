import { PlazaError } from '#platform/errors/errors.ts';
import type { Random } from '#platform/random/random.ts';
import type { Cache } from './port.ts';

export interface ForgetfulOptions {
  readonly random: Random;
  /** How likely an entry, a counter or a message is lost when it is touched: 0 to 1. */
  readonly lose: number;
  /** How likely a call fails as unavailable: 0 to 1. */
  readonly fail?: number;
}

/** A cache that loses things and fails at random, as every cache may: whoever uses a cache is tested with this one too. */
export function forgetfulCache(inner: Cache, { random, lose, fail = 0 }: ForgetfulOptions): Cache {
  const happens = (likelihood: number) => random.bytes(4).readUInt32BE(0) / 2 ** 32 < likelihood;
  const mayFail = () => {
    if (happens(fail)) throw new PlazaError('unavailable', 'The cache is away');
  };
  const forget = async (keys: readonly string[]) => {
    const lost = keys.filter(() => happens(lose));
    if (lost.length > 0) await inner.deleteMany(lost);
  };
  return {
    async getMany(keys) {
      mayFail();
      await forget(keys);
      return inner.getMany(keys);
    },
    async setMany(entries) {
      mayFail();
      await inner.setMany(entries);
      await forget(entries.map((entry) => entry.key));
    },
    async deleteMany(keys) {
      mayFail();
      await inner.deleteMany(keys);
    },
    async increment(key, by, ttlMs) {
      mayFail();
      await forget([key]);
      return inner.increment(key, by, ttlMs);
    },
    async publish(channel, message) {
      mayFail();
      if (!happens(lose)) await inner.publish(channel, message);
    },
    async subscribe(channel, listen) {
      return inner.subscribe(channel, (message) => {
        if (!happens(lose)) listen(message);
      });
    },
    close: () => inner.close(),
  };
}
