import { LRUCache } from 'lru-cache';
import type { Clock } from '#platform/clock/clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import type { Cache } from '#ports/cache/port.ts';
import { Channels } from './channels.ts';

export interface MemoryCacheOptions {
  readonly clock: Clock;
  /** Room for keys and values together. The least recently used entries make room. */
  readonly maxSizeBytes?: number;
}

const DEFAULT_SIZE_BYTES = 64 * 1024 * 1024;
/** What an entry costs beside its text, roughly. */
const ENTRY_BYTES = 120;

interface Counter {
  value: number;
  readonly endsAtMs: number;
}

/** The cache of one process. */
export function memoryCache({ clock, maxSizeBytes = DEFAULT_SIZE_BYTES }: MemoryCacheOptions): Cache {
  const entries = new LRUCache<string, string | Counter>({
    maxSize: maxSizeBytes,
    // The library takes the time 0 for "not known yet".
    perf: { now: () => clock.monotonic() + 1 },
    // Checks the clock at each read instead of keeping a timer.
    ttlResolution: 0,
    sizeCalculation: (value, key) => ENTRY_BYTES + key.length + (typeof value === 'string' ? value.length : 16),
  });
  const channels = new Channels();
  let closed = false;

  function refuseWhenClosed(): void {
    if (closed) throw new PlazaError('unavailable', 'The cache is closed');
  }

  return {
    async getMany(keys) {
      refuseWhenClosed();
      return keys.map((key) => {
        const value = entries.get(key);
        return typeof value === 'object' ? String(value.value) : value;
      });
    },

    async setMany(newEntries) {
      refuseWhenClosed();
      for (const { key, value, ttlMs } of newEntries) {
        if (ttlMs > 0) entries.set(key, value, { ttl: ttlMs });
        else entries.delete(key);
      }
    },

    async deleteMany(keys) {
      refuseWhenClosed();
      for (const key of keys) entries.delete(key);
    },

    async increment(key, by, ttlMs) {
      refuseWhenClosed();
      const nowMs = clock.monotonic();
      const found = entries.get(key);
      if (typeof found === 'string') throw new Error(`"${key}" holds a text, not a counter`);
      if (found !== undefined && found.endsAtMs > nowMs) {
        found.value += by;
        return { value: found.value, ttlMs: Math.ceil(found.endsAtMs - nowMs) };
      }
      entries.set(key, { value: by, endsAtMs: nowMs + ttlMs }, { ttl: ttlMs });
      return { value: by, ttlMs };
    },

    async publish(channel, message) {
      refuseWhenClosed();
      channels.publish(channel, message);
    },

    async subscribe(channel, listen) {
      refuseWhenClosed();
      const leave = channels.subscribe(channel, listen);
      return async () => leave();
    },

    async close() {
      closed = true;
      entries.clear();
      channels.clear();
    },
  };
}
