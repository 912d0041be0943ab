import type { Range, WideColumn } from './port.ts';
import type { PartitionKeyOf, RowOf, WideTable } from './table.ts';

/** A row with what decides over it. Written elsewhere under this version, it never wins against anything newer. */
export interface VersionedRow<T extends WideTable = WideTable> {
  readonly row: RowOf<T>;
  readonly version: number;
  /** What is left of its time to live; undefined when it has none. */
  readonly ttlSeconds: number | undefined;
}

export interface PartitionPage<T extends WideTable = WideTable> {
  readonly partitions: PartitionKeyOf<T>[];
  /** Where the next page begins: good in another process too, however long after. Undefined on the last page. */
  readonly next: string | undefined;
  /** About how many partitions the table has from the beginning of this page on. Told on a table's first page. */
  readonly about: number | undefined;
}

export const MAX_PARTITIONS_PER_PAGE = 1_000;

/**
 * The port as its opener has it: with what only a copy of a whole table needs. Services have {@link WideColumn}: what they read names a partition, and they do
 * not see versions.
 */
export interface WideColumnStore extends WideColumn {
  /**
   * The partitions of a table, each once, in an order of the store's own. Those that exist all the time are all there; of those that come or go meanwhile, some.
   * There may be some whose rows are all gone.
   */
  partitions<T extends WideTable>(
    table: T,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<PartitionPage<T>>;
  /**
   * As `range`, with versions.
   * @throws WideColumnRefusal for a table without columns: servers keep no version that can be read for rows that are all key
   */
  rangeVersions<T extends WideTable>(table: T, partition: PartitionKeyOf<T>, range: Range): Promise<VersionedRow<T>[]>;
  /** Makes a table as if nothing had ever been written to it, removals included. Nobody may read or write it meanwhile. */
  clear(table: WideTable): Promise<void>;
}
