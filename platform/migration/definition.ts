import type { Mutation, Range, WideColumn } from '#ports/wide-column/port.ts';
import type { Key, PartitionKeyOf, RowOf, WideTable } from '#ports/wide-column/table.ts';

/**
 * How rows of a table, the old form, are told in another table, the new form. Both have the same clustering columns, so that a slice of the old form is a
 * merge of the same slices of partitions of the new one. A row of one form is exactly one row of the other, in the same version.
 */
export interface TableMigration<F extends WideTable = WideTable, T extends WideTable = WideTable> {
  /** What the operator calls it: `replies-by-month`. */
  readonly name: string;
  /** One line for the operator. */
  readonly about: string;
  readonly from: F;
  readonly to: T;
  /** Tables that belong to the new form and are only ever added to, such as a directory of buckets. */
  readonly beside: readonly WideTable[];
  toKey(key: Key<F>): Key<T>;
  toRow(row: RowOf<F>): RowOf<T>;
  fromRow(row: RowOf<T>): RowOf<F>;
  /** What is written into the tables beside with a row of the new form. Always the same for one row. */
  besides(row: RowOf<T>): readonly Mutation[];
  /** The partitions of the new form that may hold rows of this slice of a partition of the old form. */
  partitionsOf(wide: WideColumn, partition: PartitionKeyOf<F>, slice: Range): Promise<readonly PartitionKeyOf<T>[]>;
}

/** @throws Error for what cannot be migrated without losing something */
export function tableMigration<const F extends WideTable, const T extends WideTable>(
  migration: TableMigration<F, T>,
): TableMigration {
  const { name, from, to, beside } = migration;
  const refuse = (mend: string): never => {
    throw new Error(`The migration ${name} from ${from.name} to ${to.name}: ${mend}`);
  };
  if (JSON.stringify(Object.entries(from.clustering)) !== JSON.stringify(Object.entries(to.clustering))) {
    refuse('give both tables the same clustering columns in the same order.');
  }
  if ([to, ...beside].some(({ tier }) => tier !== from.tier)) refuse('keep all its tables in one tier.');
  if (from.ttlSeconds !== to.ttlSeconds) refuse('give both tables the same time to live.');
  if ([from, to].some(({ columns }) => Object.keys(columns).length === 0)) {
    refuse('rows that are all key have no version that can be read; give both tables a column.');
  }
  return migration as unknown as TableMigration;
}

/** One of the two forms, seen from the other: what copies and compares need in either direction. */
export interface Form {
  readonly table: WideTable;
  /** The key of the same row in the other form. */
  otherKey(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  otherRow(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  /** What a row of this form has beside it. */
  besides(row: Readonly<Record<string, unknown>>): readonly Mutation[];
}

export function oldForm(migration: TableMigration): Form {
  return {
    table: migration.from,
    otherKey: (row) => migration.toKey(keyOf(migration.from, row)),
    otherRow: (row) => migration.toRow(row as never),
    besides: () => [],
  };
}

export function newForm(migration: TableMigration): Form {
  return {
    table: migration.to,
    otherKey: (row) => keyOf(migration.from, migration.fromRow(row as never)),
    otherRow: (row) => migration.fromRow(row as never),
    besides: (row) => migration.besides(row as never),
  };
}

export function keyOf(table: WideTable, row: Readonly<Record<string, unknown>>): never {
  const names = [...Object.keys(table.partition), ...Object.keys(table.clustering)];
  return Object.fromEntries(names.map((name) => [name, row[name]])) as never;
}

export function partitionOf(table: WideTable, row: Readonly<Record<string, unknown>>): never {
  return Object.fromEntries(Object.keys(table.partition).map((name) => [name, row[name]])) as never;
}
