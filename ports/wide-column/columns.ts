import type { BaseType, WideTable } from './table.ts';

export interface Column {
  readonly name: string;
  readonly type: BaseType;
  readonly nullable: boolean;
}

export interface TableColumns {
  readonly partition: readonly Column[];
  /** The partition's columns, then the clustering ones. */
  readonly key: readonly Column[];
  /** All others. */
  readonly columns: readonly Column[];
}

/** A table's columns in the order of their declaration, for the codecs of the twins. */
export function columnsOf(table: WideTable): TableColumns {
  const partition = Object.entries(table.partition).map(([name, type]) => ({ name, type, nullable: false }));
  const clustering = Object.entries(table.clustering).map(([name, { type }]) => ({ name, type, nullable: false }));
  const columns = Object.entries(table.columns).map(([name, type]) => ({
    name,
    type: type.replace('?', '') as BaseType,
    nullable: type.endsWith('?'),
  }));
  return { partition, key: [...partition, ...clustering], columns };
}
