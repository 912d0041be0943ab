/**
 * Column types: `id` (64-bit, decimal text), `text`, `int` (up to 2^53), `float`, `boolean`, `json` (any JSON value). A trailing `?` allows null; key columns may not be null.
 */
export type KeyType = 'id' | 'text' | 'int';
export type BaseType = KeyType | 'float' | 'boolean' | 'json';
export type ColumnType = BaseType | `${BaseType}?`;

export interface ClusteringColumn {
  readonly type: KeyType;
  readonly order: 'asc' | 'desc';
}

export interface WideTable {
  readonly name: string;
  /** Which embedded file holds it: `core` is backed up, `derived` can be rebuilt from core. Servers ignore it. */
  readonly tier: 'core' | 'derived';
  readonly partition: Readonly<Record<string, KeyType>>;
  /** In order. */
  readonly clustering: Readonly<Record<string, ClusteringColumn>>;
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** Applied to every row that does not say otherwise. */
  readonly ttlSeconds?: number;
}

type ValueOf<T extends string> = T extends `${infer B}?`
  ? ValueOf<B> | null
  : T extends 'id' | 'text'
    ? string
    : T extends 'int' | 'float'
      ? number
      : T extends 'boolean'
        ? boolean
        : // biome-ignore lint/suspicious/noExplicitAny: a JSON column holds whatever its service put there.
          any;

export type PartitionKeyOf<T extends WideTable> = { readonly [C in keyof T['partition']]: ValueOf<T['partition'][C]> };
export type Key<T extends WideTable> = PartitionKeyOf<T> & {
  readonly [C in keyof T['clustering']]: ValueOf<T['clustering'][C]['type']>;
};
export type RowOf<T extends WideTable> = Key<T> & { readonly [C in keyof T['columns']]: ValueOf<T['columns'][C]> };

const NAME = /^[a-z][a-z0-9_]{0,47}$/;

/** Declares a table and refuses what CQL would refuse. Both twins make their statements from this. */
export function wideTable<const T extends WideTable>(table: T): T {
  const names = [...Object.keys(table.partition), ...Object.keys(table.clustering), ...Object.keys(table.columns)];
  for (const name of [table.name, ...names]) {
    if (!NAME.test(name)) throw new Error(`${table.name}: "${name}" is not a name that CQL takes unquoted.`);
  }
  if (new Set(names).size !== names.length) throw new Error(`${table.name}: a column is declared twice.`);
  if (Object.keys(table.partition).length === 0) throw new Error(`${table.name}: a table needs a partition key.`);
  return table;
}
