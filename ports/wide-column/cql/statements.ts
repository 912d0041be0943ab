import type { CheckedRange } from '../checks.ts';
import type { WideTable } from '../table.ts';
import { quote, ROW_COLUMN } from './names.ts';

/** What reads of versions and partitions call the columns that are the server's own. No column of a table begins so. */
export const WRITTEN_AT = '"_written_at"';
export const LIVES_FOR = '"_lives_for"';
export const TOKEN = '"_token"';

/** The statements of one table, made from its declaration. Every value is a parameter; each statement is prepared once. */
export class CqlStatements {
  /** Parameters: key, columns, timestamp, time to live (0 for none). */
  readonly put: string;
  /** Parameters: timestamp, key. */
  readonly remove: string;
  /** Parameters: timestamp, partition key. */
  readonly dropPartition: string;
  readonly clear: string;
  /** Parameters: key. */
  readonly get: string;
  /** Parameters: key, with a list in the place of its last column, which is a clustering column. */
  readonly getSome: string;
  readonly #table: WideTable;
  readonly #name: string;
  readonly #select: string;
  readonly #selectVersions: string;
  readonly #partition: readonly string[];
  readonly #clustering: readonly string[];
  readonly #ranges = new Map<string, string>();

  constructor(keyspace: string, table: WideTable) {
    this.#table = table;
    this.#name = `${keyspace}.${quote(table.name)}`;
    this.#partition = Object.keys(table.partition).map(quote);
    this.#clustering = Object.keys(table.clustering).map(quote);
    const key = [...this.#partition, ...this.#clustering];
    const columns = Object.keys(table.columns).map(quote);
    const fields = columns.map((name) => `${ROW_COLUMN}.${name} AS ${name}`);
    const filled = columns.length === 0 ? key : [...key, ROW_COLUMN];
    const marks = key.map(() => '?');
    if (columns.length > 0) marks.push(`{${columns.map((name) => `${name}: ?`).join(', ')}}`);
    this.put = `INSERT INTO ${this.#name} (${filled.join(', ')}) VALUES (${marks.join(', ')}) USING TIMESTAMP ? AND TTL ?`;
    this.remove = `DELETE FROM ${this.#name} USING TIMESTAMP ? WHERE ${equal(key)}`;
    this.dropPartition = `DELETE FROM ${this.#name} USING TIMESTAMP ? WHERE ${equal(this.#partition)}`;
    this.clear = `TRUNCATE ${this.#name}`;
    this.#select = `SELECT ${[...key, ...fields].join(', ')} FROM ${this.#name}`;
    const written = `WRITETIME(${ROW_COLUMN}) AS ${WRITTEN_AT}, TTL(${ROW_COLUMN}) AS ${LIVES_FOR}`;
    this.#selectVersions = `SELECT ${[...key, ...fields, written].join(', ')} FROM ${this.#name}`;
    this.get = `${this.#select} WHERE ${equal(key)}`;
    const last = key.at(-1);
    this.getSome = `${this.#select} WHERE ${[...key.slice(0, -1).map((name) => `${name} = ?`), `${last} IN ?`].join(' AND ')}`;
  }

  /** Parameters: partition, prefix, lower bound, upper bound, the limit. There are a few dozen forms per table. */
  range({ prefix, lower, upper }: CheckedRange, reverse: boolean, versions = false): string {
    const form = `${prefix.length} ${lower?.op ?? ''} ${upper?.op ?? ''} ${reverse} ${versions}`;
    let text = this.#ranges.get(form);
    if (text === undefined) {
      const free = this.#clustering[prefix.length];
      const conditions = [equal([...this.#partition, ...this.#clustering.slice(0, prefix.length)])];
      if (lower !== undefined) conditions.push(`${free} ${lower.op} ?`);
      if (upper !== undefined) conditions.push(`${free} ${upper.op} ?`);
      text = `${versions ? this.#selectVersions : this.#select} WHERE ${conditions.join(' AND ')}${reverse ? this.#reversed() : ''} LIMIT ?`;
      this.#ranges.set(form, text);
    }
    return text;
  }

  /** Parameters: the token after which to begin, if any, and the limit. Partitions come in the order of their tokens. */
  partitions(hasStart: boolean): string {
    const token = `token(${this.#partition.join(', ')})`;
    const start = hasStart ? ` WHERE ${token} > ?` : '';
    return `SELECT DISTINCT ${this.#partition.join(', ')}, ${token} AS ${TOKEN} FROM ${this.#name}${start} LIMIT ?`;
  }

  #reversed(): string {
    const columns = Object.entries(this.#table.clustering).map(
      ([name, { order }]) => `${quote(name)} ${order === 'asc' ? 'DESC' : 'ASC'}`,
    );
    return columns.length === 0 ? '' : ` ORDER BY ${columns.join(', ')}`;
  }
}

function equal(names: readonly string[]): string {
  return names.map((name) => `${name} = ?`).join(' AND ');
}
