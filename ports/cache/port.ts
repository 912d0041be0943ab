export interface CacheEntry {
  readonly key: string;
  readonly value: string;
  readonly ttlMs: number;
}

/**
 * Fast and forgetful: every entry may be gone at any moment, and everything works without it. Keys of one call may live on
 * different servers, so nothing spans them: of several keys some may be written and others not.
 *
 * A call that the cache does not answer fails as `unavailable`, soon: whoever uses it goes on without. What was to be replaced or deleted may
 * then come back later as it was, so an entry has to carry what tells whether it still holds (a version, an epoch), or end soon by itself.
 */
export interface Cache {
  /** An entry that cannot be had now counts as gone; fails only when none can. */
  getMany(keys: readonly string[]): Promise<(string | undefined)[]>;
  setMany(entries: readonly CacheEntry[]): Promise<void>;
  deleteMany(keys: readonly string[]): Promise<void>;
  /** Adds `by` to a counter, which starts at 0 and ends `ttlMs` after its start. Gives the new value and the time left. */
  increment(key: string, by: number, ttlMs: number): Promise<{ value: number; ttlMs: number }>;
  /** Tells whoever listens now. May be lost: listeners catch up from the store. */
  publish(channel: string, message: string): Promise<void>;
  /** Never fails because the cache is away: listens as soon as it is back. */
  subscribe(channel: string, listen: (message: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}
