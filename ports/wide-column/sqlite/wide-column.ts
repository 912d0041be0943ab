import type { Clock } from '#platform/clock/clock.ts';
import { markOf } from '#ports/sqlite/change-marks.ts';
import type { RowBatch, SqliteFile, SqlValue } from '#ports/sqlite/port.ts';
import {
  checkHasVersions,
  checkKeyCount,
  checkPageLimit,
  checkRange,
  checkTable,
  checkWrite,
  WideColumnRefusal,
} from '../checks.ts';
import type { Mutation, Range } from '../port.ts';
import type { PartitionPage, VersionedRow, WideColumnStore } from '../store.ts';
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

export interface SqliteWideColumn extends WideColumnStore {
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
    const nowMs = this.#clock.now();
    const name = rowName(table, joined(parameters, 0));
    const { memory } = file;
    const version = memory.version(markOf(codec.partitionName(parameters)));
    let rows = memory.recall(name, version, nowMs);
    if (rows === undefined) {
      parameters.push(nowMs);
      rows = file.readArrays(sql.get, parameters);
      memory.keep(name, version, rows, endOf(rows, codec));
    }
    return rows.length === 0 ? undefined : (codec.toRow(rows[0]!) as RowOf<T>);
  }

  async getMany<T extends WideTable>(table: T, keys: readonly Key<T>[]): Promise<(RowOf<T> | undefined)[]> {
    checkKeyCount(table, keys);
    const { file, codec } = this.#table(table);
    const { memory } = file;
    const nowMs = this.#clock.now();
    const found = new Array<RowOf<T> | undefined>(keys.length).fill(undefined);
    const missing: MissingKey[] = [];
    const parameters: SqlValue[] = [];
    for (let i = 0; i < keys.length; i++) {
      parameters.length = 0;
      codec.pushKey(keys[i]!, parameters);
      const key = joined(parameters, 0);
      const version = memory.version(markOf(codec.partitionName(parameters)));
      const rows = memory.recall(rowName(table, key), version, nowMs);
      if (rows === undefined) missing.push({ index: i, key, version, values: [...parameters] });
      else if (rows.length > 0) found[i] = codec.toRow(rows[0]!) as RowOf<T>;
    }
    for (let start = 0; start < missing.length; start += KEYS_PER_STATEMENT) {
      const some = missing.slice(start, start + KEYS_PER_STATEMENT);
      const byKey = new Map<string, SqlValue[]>();
      for (const values of this.#readKeys(
        table,
        some.flatMap(({ values }) => values),
        nowMs,
      )) {
        byKey.set(joined(values, 0, codec.key.length), values);
      }
      for (const { index, key, version } of some) {
        const values = byKey.get(key);
        const rows = values === undefined ? NO_ROWS : [values];
        memory.keep(rowName(table, key), version, rows, endOf(rows, codec));
        if (values !== undefined) found[index] = codec.toRow(values) as RowOf<T>;
      }
    }
    return found;
  }

  async range<T extends WideTable>(table: T, partition: PartitionKeyOf<T>, range: Range): Promise<RowOf<T>[]> {
    const { file, codec } = this.#table(table);
    const { text, parameters } = this.#rangeOf(table, partition, range, false);
    const nowMs = this.#clock.now();
    const key = `${text}\0${range.limit}\0${joined(parameters, 0)}`;
    const { memory } = file;
    const version = memory.version(markOf(codec.partitionName(parameters)));
    let rows = memory.recall(key, version, nowMs);
    if (rows === undefined) {
      parameters.push(nowMs, range.limit);
      rows = file.readArrays(text, parameters);
      memory.keep(key, version, rows, endOf(rows, codec));
    }
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
    const marks = [markOf(codec.partitionName(parameters))];
    await file.writeRows([{ sql: sql.dropPartition, width: parameters.length, values: parameters, marks }]);
  }

  async partitions<T extends WideTable>(
    table: T,
    { after, limit }: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<PartitionPage<T>> {
    checkPageLimit(table, limit);
    const { file, sql } = this.#table(table);
    const names = Object.keys(table.partition);
    const start = after === undefined ? [] : (JSON.parse(after) as SqlValue[]);
    const found = (await file.scan(sql.partitions(after !== undefined), [...start, limit])) as PartitionKeyOf<T>[];
    const last = found.at(-1) as Readonly<Record<string, SqlValue>> | undefined;
    const isLast = found.length < limit;
    const about = after === undefined && !isLast ? await this.#countPartitions(table) : undefined;
    return {
      partitions: found,
      next: isLast ? undefined : JSON.stringify(names.map((name) => last![name])),
      about: about ?? (isLast ? found.length : undefined),
    };
  }

  async rangeVersions<T extends WideTable>(
    table: T,
    partition: PartitionKeyOf<T>,
    range: Range,
  ): Promise<VersionedRow<T>[]> {
    checkHasVersions(table);
    const { file, codec } = this.#table(table);
    const { text, parameters } = this.#rangeOf(table, partition, range, true);
    const nowMs = this.#clock.now();
    return file.readArrays(text, [...parameters, nowMs, range.limit]).map((values) => {
      const endMs = codec.endOf(values);
      return {
        row: codec.toRow(values) as RowOf<T>,
        version: codec.versionOf(values),
        ttlSeconds: Number.isFinite(endMs) ? Math.ceil((endMs - nowMs) / 1_000) : undefined,
      };
    });
  }

  async clear(table: WideTable): Promise<void> {
    const { file, sql } = this.#table(table);
    await file.define(sql.clear);
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

  async #countPartitions(table: WideTable): Promise<number> {
    const { file, sql } = this.#table(table);
    const [row] = await file.scan<{ count: number }>(sql.countPartitions, []);
    return row!.count;
  }

  /** The statement of a range and its parameters but the last two: the present time and the limit. */
  #rangeOf<T extends WideTable>(table: T, partition: PartitionKeyOf<T>, range: Range, versions: boolean) {
    const { codec, sql } = this.#table(table);
    const parameters: SqlValue[] = [];
    codec.pushPartition(partition, parameters);
    const checked = checkRange(table, range);
    parameters.push(...(checked.prefix as SqlValue[]));
    if (checked.lower !== undefined) parameters.push(checked.lower.value as SqlValue);
    if (checked.upper !== undefined) parameters.push(checked.upper.value as SqlValue);
    return { text: sql.range(checked, range.reverse === true, versions), parameters };
  }

  /** Rows of up to {@link KEYS_PER_STATEMENT} keys, whose values follow one another in `parameters`. */
  #readKeys(table: WideTable, parameters: SqlValue[], nowMs: number): SqlValue[][] {
    const { file, codec, sql } = this.#table(table);
    const width = codec.key.length;
    const count = parameters.length / width;
    const padded = 2 ** Math.ceil(Math.log2(count));
    // The last key once more, and again: it is found once.
    const last = parameters.slice(-width);
    for (let missing = padded - count; missing > 0; missing--) parameters.push(...last);
    parameters.push(nowMs);
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
      const { values, marks } = orNew(batches, isPut ? sql.put : sql.remove, (text) => ({
        sql: text,
        width: isPut ? sql.putWidth : sql.removeWidth,
        values: [],
        marks: [],
        sortBy: codec.key.length,
      }));
      const at = values.length;
      if (isPut) codec.pushPut(mutation, nowMs, values);
      else codec.pushRemove(mutation, nowMs, values);
      marks.push(markOf(codec.partitionName(values, at)));
    }
    return jobs;
  }
}

interface GrowingBatch extends RowBatch {
  readonly values: SqlValue[];
  readonly marks: number[];
}

interface MissingKey {
  /** Its place among the keys asked for. */
  readonly index: number;
  readonly key: string;
  readonly version: number | undefined;
  readonly values: readonly SqlValue[];
}

const NO_ROWS: readonly SqlValue[][] = [];

/** When the first of the rows ends: what was read counts until then. */
function endOf(rows: readonly (readonly SqlValue[])[], codec: TableCodec): number {
  let endMs = Number.POSITIVE_INFINITY;
  for (const values of rows) endMs = Math.min(endMs, codec.endOf(values));
  return endMs;
}

function rowName(table: WideTable, key: string): string {
  return `${table.name}\0${key}`;
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
