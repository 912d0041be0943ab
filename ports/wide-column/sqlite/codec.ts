import type { SqlValue } from '#ports/sqlite/port.ts';
import { checkColumn, checkKeyValue, checkNoMore, checkTtl, checkVersion } from '../checks.ts';
import { type Column, columnsOf } from '../columns.ts';
import { FINAL_VERSION, type Mutation } from '../port.ts';
import type { WideTable } from '../table.ts';

type Row = Readonly<Record<string, unknown>>;

/** Turns rows of one table into parameters and back. Ids travel as text: an INTEGER column takes decimal text as the number it is. */
export class TableCodec {
  readonly table: WideTable;
  readonly partition: readonly Column[];
  readonly key: readonly Column[];
  readonly columns: readonly Column[];
  /** Makes a row from the values of a select list of `key`, `columns` and then the end of its life. */
  readonly toRow: (values: readonly SqlValue[]) => Record<string, unknown>;

  constructor(table: WideTable) {
    this.table = table;
    const { partition, key, columns } = columnsOf(table);
    this.partition = partition;
    this.key = key;
    this.columns = columns;
    this.toRow = rowMaker([...this.key, ...this.columns]);
  }

  /** Appends the values of a whole primary key. */
  pushKey(row: Row, into: SqlValue[]): void {
    this.#pushKeyColumns(this.key, row, into);
    checkNoMore(this.table, row, this.key.length, (name) => this.key.some((column) => column.name === name));
  }

  /** When a row that was read with these values ends, in milliseconds since the epoch. */
  endOf(values: readonly SqlValue[]): number {
    return (values[this.key.length + this.columns.length] as number | null) ?? Number.POSITIVE_INFINITY;
  }

  /** The version of a row that was read with it: its last value. */
  versionOf(values: readonly SqlValue[]): number {
    return values[this.key.length + this.columns.length + 1] as number;
  }

  /** What names the partition of a key, or of a partition key, whose values begin at `from`. */
  partitionName(values: readonly SqlValue[], from = 0): string {
    let name = this.table.name;
    for (let i = 0; i < this.partition.length; i++) name += `\0${values[from + i]}`;
    return name;
  }

  pushPartition(row: Row, into: SqlValue[]): void {
    this.#pushKeyColumns(this.partition, row, into);
    checkNoMore(this.table, row, this.partition.length, (name) => name in this.table.partition);
  }

  /** Appends the parameters of a put: key, columns, version, end of life. */
  pushPut(mutation: Mutation, nowMs: number, into: SqlValue[]): void {
    const { row, version } = mutation;
    checkVersion(mutation);
    checkTtl(mutation);
    this.#pushKeyColumns(this.key, row, into);
    for (const column of this.columns) into.push(this.#encodeColumn(column, row[column.name]));
    checkNoMore(
      this.table,
      row,
      this.key.length + this.columns.length,
      (name) => name in this.table.columns || name in this.table.partition || name in this.table.clustering,
    );
    const ttlSeconds = mutation.ttlSeconds ?? this.table.ttlSeconds;
    into.push(version, ttlSeconds === undefined ? null : nowMs + ttlSeconds * 1_000);
  }

  /** Appends the parameters of a removal: key, version, end of life. A final removal from core is kept for ever. */
  pushRemove(mutation: Mutation, nowMs: number, into: SqlValue[]): void {
    checkVersion(mutation);
    checkTtl(mutation);
    this.pushKey(mutation.row, into);
    const kept = this.table.tier === 'core' && mutation.version === FINAL_VERSION;
    into.push(mutation.version, kept ? null : nowMs);
  }

  #pushKeyColumns(columns: readonly Column[], row: Row, into: SqlValue[]): void {
    for (const { name, type } of columns) {
      const value = row[name];
      checkKeyValue(this.table, name, type, value);
      into.push(value as SqlValue);
    }
  }

  #encodeColumn({ name, type, nullable }: Column, value: unknown): SqlValue {
    checkColumn(this.table, name, type, nullable, value);
    if (value === null && nullable) return null;
    if (type === 'boolean') return value ? 1 : 0;
    if (type === 'json') return JSON.stringify(value);
    return value as SqlValue;
  }
}

/** Compiled once per table: rows of one literal share a shape, and JSON and booleans are decoded only where there are some. */
function rowMaker(columns: readonly Column[]): (values: readonly SqlValue[]) => Record<string, unknown> {
  const fields = columns.map(({ name, type }, i) => {
    if (type === 'boolean') return `${name}: v[${i}] === null ? null : v[${i}] === 1`;
    if (type === 'json') return `${name}: v[${i}] === null ? null : JSON.parse(v[${i}])`;
    return `${name}: v[${i}]`;
  });
  return new Function('v', `return { ${fields.join(', ')} };`) as (
    values: readonly SqlValue[],
  ) => Record<string, unknown>;
}
