import ipaddr from 'ipaddr.js';
import type { Clock } from '#platform/clock/clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import type { AttemptLimit } from '#policies/limits/sign-in.ts';
import type { Cache } from '#ports/cache/port.ts';
import type { Sealer } from './secrets/sealer.ts';

/** What is counted: the purpose and who it is about. Stored as a keyed hash, so that no cache holds addresses of people. */
export interface Attempt {
  readonly purpose: string;
  readonly subject: string;
  readonly limit: AttemptLimit;
}

export interface Throttle {
  /** Counts each attempt, and raises `rate_limited` when one is beyond its limit. Counting comes first, so that many at once gain nothing. */
  count(attempts: readonly Attempt[]): Promise<void>;
  /** Forgets the attempts of whoever turned out to be right. */
  forgive(attempts: readonly Attempt[]): Promise<void>;
}

/** Counters kept when the cache is away; beyond, the oldest go. */
const MAX_LOCAL = 50_000;

export function createThrottle(cache: Cache, clock: Clock, sealer: Sealer): Throttle {
  const local = localCounters(clock);
  const keyOf = ({ purpose, subject }: Attempt) => `authentication:try:${sealer.blind(purpose, subject)}`;

  return {
    async count(attempts) {
      const counts = await Promise.all(
        attempts.map(async (attempt) => {
          const key = keyOf(attempt);
          const here = local.increment(key, attempt.limit.windowMs);
          const there = await cache.increment(key, 1, attempt.limit.windowMs).catch(() => undefined);
          return Math.max(here, there?.value ?? 0);
        }),
      );
      if (attempts.some(({ limit }, index) => counts[index]! > limit.tries))
        throw new PlazaError('rate_limited', 'Too many requests', {
          description: 'Too many attempts; try again later',
        });
    },
    async forgive(attempts) {
      const keys = attempts.map(keyOf);
      for (const key of keys) local.delete(key);
      await cache.deleteMany(keys).catch(() => {});
    },
  };
}

/** Without limits: for load tests. */
export const noThrottle: Throttle = { count: async () => {}, forgive: async () => {} };

/** Every process counts for itself too: a cache that forgets or is away never opens the gate wider than one process's limit. */
function localCounters(clock: Clock) {
  const counters = new Map<string, { value: number; endsMs: number }>();
  return {
    increment(key: string, windowMs: number): number {
      const nowMs = clock.monotonic();
      const known = counters.get(key);
      const counter = known !== undefined && known.endsMs > nowMs ? known : { value: 0, endsMs: nowMs + windowMs };
      counter.value += 1;
      counters.delete(key);
      counters.set(key, counter);
      if (counters.size > MAX_LOCAL) counters.delete(counters.keys().next().value!);
      return counter.value;
    },
    delete: (key: string) => counters.delete(key),
  };
}

/** Who shares an address: one IPv4 address, or one IPv6 network of 64 bits, which is what a single household gets. */
export function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  if (address.kind() === 'ipv4') return address.toString();
  const parts = (address as ipaddr.IPv6).parts.slice(0, 4);
  return `${parts.map((part) => part.toString(16)).join(':')}::/64`;
}
