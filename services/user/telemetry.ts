import type { Metrics } from '#platform/telemetry/metrics.ts';

/** How often one cache had what was asked for. Plain numbers, because they are counted on every request and read once in a while. */
export interface CacheUse {
  hits: number;
  misses: number;
}

export function noCacheUse(): CacheUse {
  return { hits: 0, misses: 0 };
}

/** Shows how well the caches of this service work. */
export function observeCaches(metrics: Metrics, caches: Readonly<Record<string, CacheUse>>): void {
  for (const what of ['hits', 'misses'] as const) {
    metrics.gauge(
      `plaza_user_cache_${what}`,
      `Entries that the user service's caches had (hits) or had to read.`,
      ['cache'],
      (gauge) => {
        for (const [cache, use] of Object.entries(caches)) gauge.set({ cache }, use[what]);
      },
    );
  }
}
