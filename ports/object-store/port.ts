import type { Readable } from 'node:stream';

export interface ObjectInfo {
  readonly key: string;
  readonly sizeBytes: number;
  readonly contentType: string;
  readonly etag: string;
  readonly modifiedMs: number;
}

/** Bytes `start` to `end`, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Whole objects under keys of `[A-Za-z0-9._-]` parts joined by `/`. An object is seen whole or not at all. */
export interface ObjectStore {
  /** Durable when it resolves. Replaces what was there. */
  put(key: string, body: Uint8Array | Readable, options: { contentType: string }): Promise<ObjectInfo>;
  head(key: string): Promise<ObjectInfo | undefined>;
  get(key: string, range?: ByteRange): Promise<{ info: ObjectInfo; body: Readable } | undefined>;
  /** Missing keys are no error. */
  deleteMany(keys: readonly string[]): Promise<void>;
  /** Keys in order, after `after`, at most `limit` (up to 1,000). */
  list(prefix: string, options: { after?: string; limit: number }): Promise<ObjectInfo[]>;
  close(): Promise<void>;
}
