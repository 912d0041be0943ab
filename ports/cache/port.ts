export interface CacheEntry {
  readonly key: string;
  readonly value: string;
  readonly ttlMs: number;
}

/**
 * Fast and forgetful: every entry may be gone at any moment, and everything works without it. Keys of one call may live on
 * different servers, so nothing spans them.
 */
export interface Cache {
  getMany(keys: readonly string[]): Promise<(string | undefined)[]>;
  setMany(entries: readonly CacheEntry[]): Promise<void>;
  deleteMany(keys: readonly string[]): Promise<void>;
  /** Adds `by` to a counter, which starts at 0 and ends `ttlMs` after its start. Gives the new value and the time left. */
  increment(key: string, by: number, ttlMs: number): Promise<{ value: number; ttlMs: number }>;
  /** Tells whoever listens now. May be lost: listeners catch up from the store. */
  publish(channel: string, message: string): Promise<void>;
  subscribe(channel: string, listen: (message: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}
