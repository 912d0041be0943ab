import { PlazaError } from '#platform/errors/errors.ts';
import type { Key, PartitionKeyOf, RowOf, WideTable } from './table.ts';

/** Bounds on the first clustering column that `prefix` leaves free. */
export interface Range {
  /** Values of the leading clustering columns, which must be equal. */
  readonly prefix?: Readonly<Record<string, string | number | boolean>>;
  readonly gt?: string | number;
  readonly gte?: string | number;
  readonly lt?: string | number;
  readonly lte?: string | number;
  /** Reads against the declared clustering order. */
  readonly reverse?: boolean;
  /** At most {@link MAX_RANGE_ROWS}. */
  readonly limit: number;
}

export const MAX_RANGE_ROWS = 1_000;
export const MAX_KEYS_PER_READ = 500;
export const MAX_MUTATIONS_PER_WRITE = 5_000;
/** An atomic write is a logged batch on a server: it has to stay small. */
export const MAX_MUTATIONS_PER_ATOMIC_WRITE = 100;

/** The version of a deletion that nothing may undo. */
export const FINAL_VERSION = Number.MAX_SAFE_INTEGER;

export interface Mutation {
  readonly table: WideTable;
  readonly kind: 'put' | 'remove';
  /** A whole row for `put`, its primary key for `remove`. */
  readonly row: Readonly<Record<string, unknown>>;
  /**
   * Last writer wins by this number (1 to {@link FINAL_VERSION}); at a tie a removal wins. A version names a state: puts of one row with one version say
   * the same, so that repeating one changes nothing (at most a time to live begins anew). Should they differ, one of them is kept, whole.
   */
  readonly version: number;
  readonly ttlSeconds?: number;
}

/** Writes a whole row. Repeating it, or an older one, changes nothing. */
export function put<T extends WideTable>(
  table: T,
  row: RowOf<T>,
  version: number,
  options: { ttlSeconds?: number } = {},
): Mutation {
  return { table, kind: 'put', row: row as Record<string, unknown>, version, ...options };
}

export function remove<T extends WideTable>(table: T, key: Key<T>, version: number): Mutation {
  return { table, kind: 'remove', row: key as Record<string, unknown>, version };
}

/** Raised when a write's fate is unknown: it may have landed, or land later. Repeat it with the same version. */
export class WriteTimeout extends PlazaError {
  constructor(options?: { cause: unknown }) {
    super('timeout', 'The store did not confirm the change; it may have been made', options);
    this.name = 'WriteTimeout';
  }
}

/**
 * Partitioned, append-and-trim data with the discipline of CQL: every read names a whole partition key, order holds within a
 * partition only, and there is no read-modify-write.
 */
export interface WideColumn {
  /** Prepares the tables that a service declares. */
  declare(tables: readonly WideTable[]): Promise<void>;
  /** One row by its whole primary key. */
  get<T extends WideTable>(table: T, key: Key<T>): Promise<RowOf<T> | undefined>;
  /** Rows by whole primary keys, in the order asked for; `undefined` where there is none. */
  getMany<T extends WideTable>(table: T, keys: readonly Key<T>[]): Promise<(RowOf<T> | undefined)[]>;
  /** A slice of one partition, in clustering order. */
  range<T extends WideTable>(table: T, partition: PartitionKeyOf<T>, range: Range): Promise<RowOf<T>[]>;
  /** Durable when it resolves. `atomic`: all or none (tables of one tier only). */
  write(mutations: readonly Mutation[], options?: { atomic?: boolean }): Promise<void>;
  /** Removes a whole partition that nobody will write to again (retention). */
  dropPartition<T extends WideTable>(table: T, partition: PartitionKeyOf<T>): Promise<void>;
  close(): Promise<void>;
}
