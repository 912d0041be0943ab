import type { Readable } from 'node:stream';

/** What a list tells of an object. */
export interface ListedObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly etag: string;
  readonly modifiedMs: number;
}

export interface ObjectInfo extends ListedObject {
  readonly contentType: string;
}

/** Bytes `start` to `end`, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** How an address shows an object, whatever type it was stored with. */
export interface PresignOptions {
  /** How long the address is good for. */
  readonly ttlSeconds: number;
  readonly contentType: string;
  /** Whether a browser saves it instead of showing it. */
  readonly attachment: boolean;
}

/**
 * Whole objects under keys of `[A-Za-z0-9._-]` parts joined by `/`. An object is seen whole or not at all. No key continues another with a `/`
 * (`a` and `a/b`): stores on file systems cannot hold both. A store that is away fails as `unavailable`.
 */
export interface ObjectStore {
  /** Durable when it resolves. Replaces what was there. */
  put(key: string, body: Uint8Array | Readable, options: { contentType: string }): Promise<ObjectInfo>;
  head(key: string): Promise<ObjectInfo | undefined>;
  get(key: string, range?: ByteRange): Promise<{ info: ObjectInfo; body: Readable } | undefined>;
  /** Missing keys are no error. */
  deleteMany(keys: readonly string[]): Promise<void>;
  /** Keys in order, after `after`, at most `limit` (up to 1,000). */
  list(prefix: string, options: { after?: string; limit: number }): Promise<ListedObject[]>;
  /** An address at which anybody reads this one object for a while, without asking us. Only stores that people can reach have it. */
  presign?(key: string, options: PresignOptions): Promise<string>;
  close(): Promise<void>;
}
