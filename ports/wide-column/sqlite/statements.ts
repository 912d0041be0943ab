import type { CheckedRange } from '../checks.ts';
import type { BaseType, ColumnType, WideTable } from '../table.ts';
import type { TableCodec } from './codec.ts';

/** Columns of our own: `_version` decides who wins, `_removed` marks a tombstone, `_ends_at` is when a row expires or was removed (ms). */
const OWN_COLUMNS = '_version INTEGER NOT NULL, _removed INTEGER NOT NULL, _ends_at INTEGER';

/** What a read shows. Takes the present time as a parameter. */
const ALIVE = '_removed = 0 AND (_ends_at IS NULL OR _ends_at > ?)';

/** The statements of one table, made from its declaration. Every key value and column value is a parameter. */
export class TableStatements {
  readonly put: string;
  readonly putWidth: number;
  readonly remove: string;
  readonly removeWidth: number;
  readonly get: string;
  readonly dropPartition: string;
  readonly clear: string;
  /** Counts partitions. */
  readonly countPartitions: string;
  /** Removes up to a number of rows that ended before a time. */
  readonly purge: string;
  readonly #table: WideTable;
  readonly #sql: string;
  readonly #key: readonly string[];
  readonly #partition: readonly string[];
  readonly #select: string;
  readonly #selectVersions: string;
  readonly #selectPartition: string;
  readonly #ranges = new Map<string, string>();
  readonly #many = new Map<number, string>();

  constructor(codec: TableCodec) {
    const { table } = codec;
    this.#table = table;
    this.#sql = sqlName(table);
    this.#key = codec.key.map(({ name }) => quote(name));
    this.#partition = codec.partition.map(({ name }) => quote(name));
    const columns = codec.columns.map(({ name }) => quote(name));
    const fields = [...codec.key, ...codec.columns].map(({ name, type }) => selected(name, type)).join(', ');
    this.#select = `SELECT ${fields}, _ends_at FROM ${this.#sql}`;
    this.#selectVersions = `SELECT ${fields}, _ends_at, _version FROM ${this.#sql}`;
    this.#selectPartition = `SELECT DISTINCT ${codec.partition.map(({ name, type }) => `${selected(name, type)} AS ${quote(name)}`).join(', ')} FROM ${this.#sql}`;
    this.putWidth = this.#key.length + columns.length + 2;
    this.removeWidth = this.#key.length + 2;
    const wins = `excluded._version > ${this.#sql}._version`;
    this.put =
      `INSERT INTO ${this.#sql} (${[...this.#key, ...columns, '_version', '_ends_at', '_removed'].join(', ')}) VALUES (${marks(this.putWidth)}, 0) ` +
      `ON CONFLICT (${this.#key.join(', ')}) DO UPDATE SET ${columns.map((name) => `${name} = excluded.${name}, `).join('')}` +
      `_version = excluded._version, _ends_at = excluded._ends_at, _removed = 0 WHERE ${wins}`;
    this.remove =
      `INSERT INTO ${this.#sql} (${[...this.#key, '_version', '_ends_at', '_removed'].join(', ')}) VALUES (${marks(this.removeWidth)}, 1) ` +
      `ON CONFLICT (${this.#key.join(', ')}) DO UPDATE SET ${columns.map((name) => `${name} = NULL, `).join('')}` +
      `_version = excluded._version, _ends_at = excluded._ends_at, _removed = 1 WHERE ${wins} ` +
      `OR (excluded._version = ${this.#sql}._version AND ${this.#sql}._removed = 0)`;
    this.get = `${this.#select} WHERE ${equal(this.#key)} AND ${ALIVE}`;
    this.dropPartition = `DELETE FROM ${this.#sql} WHERE ${equal(this.#partition)}`;
    this.clear = `DELETE FROM ${this.#sql}`;
    this.countPartitions = `SELECT count(*) AS count FROM (SELECT DISTINCT ${this.#partition.join(', ')} FROM ${this.#sql})`;
    this.purge =
      `DELETE FROM ${this.#sql} WHERE ${tuple(this.#key)} IN ` +
      `(SELECT ${this.#key.join(', ')} FROM ${this.#sql} WHERE _ends_at < ? ORDER BY _ends_at LIMIT ?)`;
  }

  /** Reads `count` keys at once; their values follow one another, the present time comes last. */
  getMany(count: number): string {
    let sql = this.#many.get(count);
    if (sql === undefined) {
      const one = this.#key.length === 1 ? '?' : `(${marks(this.#key.length)})`;
      const all = new Array(count).fill(one).join(', ');
      const list = this.#key.length === 1 ? `(${all})` : `(VALUES ${all})`;
      sql = `${this.#select} WHERE ${tuple(this.#key)} IN ${list} AND ${ALIVE}`;
      this.#many.set(count, sql);
    }
    return sql;
  }

  /** Parameters: partition, prefix, lower bound, upper bound, the present time, the limit. There are a few dozen forms per table. */
  range({ prefix, lower, upper }: CheckedRange, reverse: boolean, versions = false): string {
    const form = `${prefix.length} ${lower?.op ?? ''} ${upper?.op ?? ''} ${reverse} ${versions}`;
    let sql = this.#ranges.get(form);
    if (sql === undefined) {
      const clustering = Object.keys(this.#table.clustering).map(quote);
      const free = clustering[prefix.length];
      const conditions = [equal([...this.#partition, ...clustering.slice(0, prefix.length)])];
      if (lower !== undefined) conditions.push(`${free} ${lower.op} ?`);
      if (upper !== undefined) conditions.push(`${free} ${upper.op} ?`);
      const select = versions ? this.#selectVersions : this.#select;
      sql = `${select} WHERE ${conditions.join(' AND ')} AND ${ALIVE}${orderBy(this.#table, reverse)} LIMIT ?`;
      this.#ranges.set(form, sql);
    }
    return sql;
  }

  /** Parameters: the partition key after which to begin, if any, and the limit. In the order of the primary key, so that nothing is sorted. */
  partitions(hasStart: boolean): string {
    const key = this.#partition.map((name) => `${this.#sql}.${name}`);
    const start = hasStart ? ` WHERE ${tuple(key)} > ${key.length === 1 ? '?' : `(${marks(key.length)})`}` : '';
    return `${this.#selectPartition}${start} ORDER BY ${key.join(', ')} LIMIT ?`;
  }
}

/** The table and, for rows with an end, the index by which they are purged: rows end in about the order in which they are written, so it grows at its edge. */
export function createTable(table: WideTable): string[] {
  const key = [
    ...Object.entries(table.partition).map(([name, type]) => `${quote(name)} ${sqlType(type)} NOT NULL`),
    ...Object.entries(table.clustering).map(([name, { type }]) => `${quote(name)} ${sqlType(type)} NOT NULL`),
  ];
  const columns = Object.entries(table.columns).map(([name, type]) => `${quote(name)} ${sqlType(type)}`);
  const order = [
    ...Object.keys(table.partition).map(quote),
    ...Object.entries(table.clustering).map(([name, { order }]) => `${quote(name)} ${order.toUpperCase()}`),
  ];
  return [
    `CREATE TABLE ${sqlName(table)} (${[...key, ...columns, OWN_COLUMNS].join(', ')}, PRIMARY KEY (${order.join(', ')})) STRICT, WITHOUT ROWID`,
    `CREATE INDEX ${quote(`wide_${table.name}__ends`)} ON ${sqlName(table)} (_ends_at) WHERE _ends_at IS NOT NULL`,
  ];
}

export function addColumn(table: WideTable, name: string, type: ColumnType): string {
  return `ALTER TABLE ${sqlName(table)} ADD COLUMN ${quote(name)} ${sqlType(type)}`;
}

/** Wide tables stand beside relational ones; the prefix keeps their names apart. */
function sqlName(table: WideTable): string {
  return quote(`wide_${table.name}`);
}

function quote(name: string): string {
  return `"${name}"`;
}

function marks(count: number): string {
  return new Array(count).fill('?').join(', ');
}

function tuple(names: readonly string[]): string {
  return names.length === 1 ? names[0]! : `(${names.join(', ')})`;
}

function equal(names: readonly string[]): string {
  return names.map((name) => `${name} = ?`).join(' AND ');
}

function selected(name: string, type: BaseType): string {
  return type === 'id' ? `CAST(${quote(name)} AS TEXT)` : quote(name);
}

function orderBy(table: WideTable, reverse: boolean): string {
  const columns = Object.entries(table.clustering).map(
    ([name, { order }]) => `${quote(name)} ${(order === 'asc') === reverse ? 'DESC' : 'ASC'}`,
  );
  return columns.length === 0 ? '' : ` ORDER BY ${columns.join(', ')}`;
}

function sqlType(type: ColumnType): string {
  switch (type.replace('?', '') as BaseType) {
    case 'id':
    case 'int':
    case 'boolean':
      return 'INTEGER';
    case 'float':
      return 'REAL';
    case 'text':
    case 'json':
      return 'TEXT';
  }
}
