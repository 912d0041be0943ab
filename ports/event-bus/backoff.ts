import type { Random } from '#platform/random/random.ts';

export interface BackoffBounds {
  readonly firstMs: number;
  readonly maxMs: number;
}

/** Between attempts at an event that may be poison: short, since its partition waits. */
export const RETRY: BackoffBounds = { firstMs: 50, maxMs: 1_000 };
/** While a dependency is away: long enough not to hammer it when it comes back. */
export const DEPENDENCY_DOWN: BackoffBounds = { firstMs: 100, maxMs: 15_000 };

/** Milliseconds before attempt `failures + 1`: doubles up to the bound, and the upper half is random so that callers spread. */
export function backoffMs(bounds: BackoffBounds, failures: number, random: Random): number {
  const fullMs = Math.min(bounds.maxMs, bounds.firstMs * 2 ** Math.min(failures - 1, 30));
  const fraction = random.bytes(2).readUInt16BE(0) / 0x10000;
  return Math.ceil(fullMs / 2 + (fullMs / 2) * fraction);
}
