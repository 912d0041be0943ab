import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TestClock } from '#platform/clock/test-clock.ts';
import type { Cache } from '#ports/cache/port.ts';
import { addressKey } from './address-key.ts';
import { RateLimiter } from './rate-limiter.ts';
import { DEFAULT_RATE_LIMITS, type RateLimitName, type RateLimitSettings } from './rate-limits.ts';

/** A shared counter that several gateways use. */
function sharedCounter() {
  const values = new Map<string, number>();
  const cache = {
    async increment(key: string, by: number, ttlMs: number) {
      values.set(key, (values.get(key) ?? 0) + by);
      return { value: values.get(key)!, ttlMs };
    },
  } as unknown as Cache;
  return { cache, values };
}

const AWAY = { increment: () => Promise.reject(new Error('away')) } as unknown as Cache;

async function passes(limiter: RateLimiter, name: RateLimitName, who: string): Promise<boolean> {
  return (await limiter.take(name, who)).allowed;
}

describe('limits', () => {
  for (const [store, cache] of [
    ['a shared counter', sharedCounter().cache],
    ['no counter but its own', AWAY],
  ] as const) {
    for (const name of ['account', 'media', 'statuses delete', 'sign-up', 'sign-in'] as const) {
      const { requests, windowMs } = DEFAULT_RATE_LIMITS[name];
      test(`"${name}" with ${store}: ${requests} pass, the next does not, and the next window is open`, async () => {
        const clock = new TestClock();
        const limiter = new RateLimiter(DEFAULT_RATE_LIMITS, cache, clock);
        const who = `${store}-${name}`;
        for (let taken = 1; taken <= requests; taken++) assert.ok(await passes(limiter, name, who), String(taken));
        assert.equal(await passes(limiter, name, who), false);
        assert.equal(await passes(limiter, name, `${who}-other`), true);
        clock.advance(windowMs);
        assert.equal(await passes(limiter, name, who), true);
      });
    }
  }

  test('all at once no more pass than one by one', async () => {
    const limiter = new RateLimiter(DEFAULT_RATE_LIMITS, sharedCounter().cache, new TestClock());
    const verdicts = await Promise.all(Array.from({ length: 60 }, () => limiter.take('media', '1')));
    assert.equal(verdicts.filter((verdict) => verdict.allowed).length, 30);
  });

  test('two gateways share a limit: exactly where it is small, within a fiftieth where it is large', async () => {
    const { cache } = sharedCounter();
    const clock = new TestClock();
    const gateways = [1, 2].map(() => new RateLimiter(DEFAULT_RATE_LIMITS, cache, clock));
    const count = async (name: RateLimitName, tries: number) => {
      let passed = 0;
      for (let at = 0; at < tries; at++) {
        if (await passes(gateways[at % 2]!, name, '1')) passed += 1;
        await Promise.resolve();
      }
      return passed;
    };
    assert.equal(await count('media', 100), 30);
    const passed = await count('account', 1_000);
    assert.ok(passed >= 300 && passed <= 300 + 12, String(passed));
  });

  test('what is told is true', async () => {
    const clock = new TestClock(Date.UTC(2026, 0, 1, 12, 1));
    const limiter = new RateLimiter(DEFAULT_RATE_LIMITS, AWAY, clock);
    const { limit, remaining, resetMs } = await limiter.take('account', '1');
    assert.deepEqual(
      { limit, remaining, resetMs },
      { limit: 300, remaining: 299, resetMs: Date.UTC(2026, 0, 1, 12, 5) },
    );
  });

  test('settings may be other than the defaults', async () => {
    const settings: RateLimitSettings = {
      ...DEFAULT_RATE_LIMITS,
      account: { requests: 2, windowMs: 1_000, per: 'account' },
    };
    const limiter = new RateLimiter(settings, AWAY, new TestClock());
    assert.deepEqual(
      [
        await passes(limiter, 'account', '1'),
        await passes(limiter, 'account', '1'),
        await passes(limiter, 'account', '1'),
      ],
      [true, true, false],
    );
  });
});

test('an address counts alone in IPv4 and with its network in IPv6', () => {
  assert.equal(addressKey('203.0.113.7'), '203.0.113.7');
  assert.equal(addressKey('::ffff:203.0.113.7'), '203.0.113.7');
  assert.equal(addressKey('2001:db8:1:2:3:4:5:6'), addressKey('2001:db8:1:2::1'));
  assert.notEqual(addressKey('2001:db8:1:2::1'), addressKey('2001:db8:1:3::1'));
});
