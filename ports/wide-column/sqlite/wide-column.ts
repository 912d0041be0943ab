import type { Clock } from '#platform/clock/clock.ts';
import type { RowBatch, SqliteFile, SqlValue } from '#ports/sqlite/port.ts';
import { checkKeyCount, checkRange, checkTable, checkWrite, WideColumnRefusal } from '../checks.ts';
import type { Mutation, Range, WideColumn } from '../port.ts';
import type { Key, PartitionKeyOf, RowOf, WideTable } from '../table.ts';
import { TableCodec } from './codec.ts';
import { declareTables } from './declare.ts';
import { TableStatements } from './statements.ts';
import { keepSweeping, sweep } from './sweep.ts';

export interface SqliteWideColumnOptions {
  readonly core: SqliteFile;
  readonly derived: SqliteFile;
  readonly clock: Clock;
}

export interface SqliteWideColumn extends WideColumn {
  /** Purges tombstones and expired rows whose grace is over, as it also happens every hour. Gives the number of rows. */
  sweep(): Promise<number>;
}

/** The wide-column port on two SQLite files. They belong to their opener: closing the port leaves them open. */
export function sqliteWideColumn(options: SqliteWideColumnOptions): SqliteWideColumn {
  return new WideColumnOnSqlite(options);
}

/** Keys of one statement. Reads of fewer are padded to a power of two, so that a table has few such statements. */
const KEYS_PER_STATEMENT = 128;

interface Table {
  readonly file: SqliteFile;
  readonly codec: TableCodec;
  readonly sql: TableStatements;
  readonly purge: string;
}

class WideColumnOnSqlite implements SqliteWideColumn {
  readonly #core: SqliteFile;
  readonly #derived: SqliteFile;
  readonly #clock: Clock;
  readonly #tables = new Map<WideTable, Table>();
  readonly #stop = new AbortController();
  readonly #sweeping: Promise<void>;

  constructor({ core, derived, clock }: SqliteWideColumnOptions) {
    this.#core = core;
    this.#derived = derived;
    this.#clock = clock;
    this.#sweeping = keepSweeping(() => [...this.#tables.values()], clock, this.#stop.signal);
  }

  async declare(tables: readonly WideTable[]): Promise<void> {
    for (const table of tables) checkTable(table);
    await declareTables(
      this.#core,
      tables.filter(({ tier }) => tier === 'core'),
    );
    await declareTables(
      this.#derived,
      tables.filter(({ tier }) => tier === 'derived'),
    );
    for (const table of tables) {
      const codec = new TableCodec(table);
      const sql = new TableStatements(codec);
      this.#tables.set(table, { file: this.#fileOf(table), codec, sql, purge: sql.purge });
    }
  }

  async get<T extends WideTable>(table: T, key: Key<T>): Promise<RowOf<T> | undefined> {
    const { file, codec, sql } = this.#table(table);
    const parameters: SqlValue[] = [];
    codec.pushKey(key, parameters);
    parameters.push(this.#clock.now());
    const [values] = file.readArrays(sql.get, parameters);
    return values === undefined ? undefined : (codec.toRow(values) as RowOf<T>);
  }

  async getMany<T extends WideTable>(table: T, keys: readonly Key<T>[]): Promise<(RowOf<T> | undefined)[]> {
    checkKeyCount(table, keys);
    const { codec } = this.#table(table);
    const wanted: string[] = [];
    const found = new Map<string, RowOf<T>>();
    for (let start = 0; start < keys.length; start += KEYS_PER_STATEMENT) {
      const parameters: SqlValue[] = [];
      for (const key of keys.slice(start, start + KEYS_PER_STATEMENT)) {
        const at = parameters.length;
        codec.pushKey(key, parameters);
        wanted.push(joined(parameters, at));
      }
      for (const values of this.#readKeys(table, parameters)) {
        found.set(joined(values, 0, codec.key.length), codec.toRow(values) as RowOf<T>);
      }
    }
    return wanted.map((key) => found.get(key));
  }

  async range<T extends WideTable>(table: T, partition: PartitionKeyOf<T>, range: Range): Promise<RowOf<T>[]> {
    const { file, codec, sql } = this.#table(table);
    const parameters: SqlValue[] = [];
    codec.pushPartition(partition, parameters);
    const checked = checkRange(table, range);
    parameters.push(...(checked.prefix as SqlValue[]));
    if (checked.lower !== undefined) parameters.push(checked.lower.value as SqlValue);
    if (checked.upper !== undefined) parameters.push(checked.upper.value as SqlValue);
    parameters.push(this.#clock.now(), range.limit);
    const rows = file.readArrays(sql.range(checked, range.reverse === true), parameters);
    return rows.map(codec.toRow) as RowOf<T>[];
  }

  async write(mutations: readonly Mutation[], options: { atomic?: boolean } = {}): Promise<void> {
    checkWrite(mutations, options.atomic === true);
    const jobs = this.#batches(mutations);
    await Promise.all([...jobs].map(([file, batches]) => file.writeRows([...batches.values()])));
  }

  async dropPartition<T extends WideTable>(table: T, partition: PartitionKeyOf<T>): Promise<void> {
    const { file, codec, sql } = this.#table(table);
    const parameters: SqlValue[] = [];
    codec.pushPartition(partition, parameters);
    await file.write([{ sql: sql.dropPartition, parameters }]);
  }

  sweep(): Promise<number> {
    return sweep([...this.#tables.values()], this.#clock.now());
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#sweeping;
  }

  #fileOf(table: WideTable): SqliteFile {
    return table.tier === 'core' ? this.#core : this.#derived;
  }

  #table(table: WideTable): Table {
    const known = this.#tables.get(table);
    if (known === undefined) throw new WideColumnRefusal(table.name, 'declare the table before it is used.');
    return known;
  }

  /** Rows of up to {@link KEYS_PER_STATEMENT} keys, whose values follow one another in `parameters`. */
  #readKeys(table: WideTable, parameters: SqlValue[]): SqlValue[][] {
    const { file, codec, sql } = this.#table(table);
    const width = codec.key.length;
    const count = parameters.length / width;
    const padded = 2 ** Math.ceil(Math.log2(count));
    // The last key once more, and again: it is found once.
    const last = parameters.slice(-width);
    for (let missing = padded - count; missing > 0; missing--) parameters.push(...last);
    parameters.push(this.#clock.now());
    return file.readArrays(sql.getMany(padded), parameters);
  }

  /** One batch for each statement (a table and a kind), by file. */
  #batches(mutations: readonly Mutation[]): Map<SqliteFile, Map<string, GrowingBatch>> {
    const jobs = new Map<SqliteFile, Map<string, GrowingBatch>>();
    const nowMs = this.#clock.now();
    for (const mutation of mutations) {
      const { file, codec, sql } = this.#table(mutation.table);
      const isPut = mutation.kind === 'put';
      const batches = orNew(jobs, file, () => new Map<string, GrowingBatch>());
      const { values } = orNew(batches, isPut ? sql.put : sql.remove, (text) => ({
        sql: text,
        width: isPut ? sql.putWidth : sql.removeWidth,
        values: [],
        sortBy: codec.key.length,
      }));
      if (isPut) codec.pushPut(mutation, nowMs, values);
      else codec.pushRemove(mutation, nowMs, values);
    }
    return jobs;
  }
}

interface GrowingBatch extends RowBatch {
  readonly values: SqlValue[];
}

function orNew<K, V>(map: Map<K, V>, key: K, make: (key: K) => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make(key);
  map.set(key, made);
  return made;
}

/** Key values as one text. Key texts hold no U+0000. */
function joined(values: readonly SqlValue[], from: number, to = values.length): string {
  let text = String(values[from]);
  for (let i = from + 1; i < to; i++) text += `\0${values[i]}`;
  return text;
}
