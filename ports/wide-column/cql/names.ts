import type { BaseType, ColumnType, WideTable } from '../table.ts';

/** Words that CQL takes as names only in quotation marks. */
const RESERVED = new Set(
  `add allow alter and apply asc authorize batch begin by columnfamily create default delete desc describe drop entries
  execute from full grant if in index infinity insert into is keyspace limit materialized mbean mbeans modify nan norecursive
  not null of on or order primary rename replace revoke schema select set table to token truncate unlogged unset update use
  using view where with`.split(/\s+/),
);

/** The one column that holds all of a row but its key. */
export const ROW_COLUMN = 'row';

export function quote(name: string): string {
  return RESERVED.has(name) ? `"${name}"` : name;
}

/** The type of the row column. */
export function typeName(table: WideTable): string {
  return `${table.name}_row`;
}

export function cqlType(type: ColumnType): string {
  switch (type.replace('?', '') as BaseType) {
    case 'id':
    case 'int':
      return 'bigint';
    case 'float':
      return 'double';
    case 'boolean':
      return 'boolean';
    case 'text':
    case 'json':
      return 'text';
  }
}
