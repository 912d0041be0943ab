import type { DatabaseSync } from 'node:sqlite';
import type { FaultPoint } from '#platform/faults/points.ts';
import { recording } from '#platform/remembering/recording.ts';
import type { Script } from '#ports/relational/port.ts';
import { backupFile } from './backup.ts';
import { ChangeMarks } from './change-marks.ts';
import { openReaderConnection, type Synchronous } from './connection.ts';
import { makeOwnFile } from './own-file.ts';
import type { RowBatch, SqliteFile, SqliteOutcome, SqliteStatement, SqlValue } from './port.ts';
import type { WireOutcome } from './protocol.ts';
import { ReadMemory } from './read-memory.ts';
import { ReaderPool } from './reader-pool.ts';
import { allArrays, allRows, checkParameters, StatementCache } from './statements.ts';
import { WriterClient } from './writer-client.ts';

export interface SqliteFileOptions {
  /** The folder must exist; the file is made. */
  readonly path: string;
  /** `FULL`: an acknowledged write outlives a power cut. `NORMAL`: it outlives the process; a power cut may take the last ones. */
  readonly synchronous: Synchronous;
  /** For crash tests: the writer thread ends the process when it reaches this point for the nth time. */
  readonly faults?: { readonly point: FaultPoint; readonly nth: number } | undefined;
  /** Largest size of the file, in pages of 4 KiB. */
  readonly maxPages?: number;
}

/** Opens a file, or makes it. Rejects when it cannot be opened. */
export async function openSqliteFile(options: SqliteFileOptions): Promise<SqliteFile> {
  const { path, synchronous, faults, maxPages } = options;
  await makeOwnFile(path);
  const marks = new ChangeMarks();
  const writer = new WriterClient({
    path,
    marks: marks.shared,
    synchronous,
    ...(faults === undefined ? {} : { fault: faults }),
    ...(maxPages === undefined ? {} : { maxPages }),
  });
  await writer.ready();
  return new OpenSqliteFile(path, writer, marks);
}

const NO_ROWS: readonly Record<string, unknown>[] = [];

class OpenSqliteFile implements SqliteFile {
  readonly path: string;
  readonly failed: Promise<Error>;
  readonly memory: ReadMemory;
  readonly #writer: WriterClient;
  readonly #readers: ReaderPool;
  readonly #db: DatabaseSync;
  readonly #statements: StatementCache;
  readonly #backups = new Set<Promise<void>>();
  #closing: Promise<void> | undefined;

  constructor(path: string, writer: WriterClient, marks: ChangeMarks) {
    this.path = path;
    this.memory = new ReadMemory(marks);
    this.failed = writer.failed;
    this.#writer = writer;
    this.#readers = new ReaderPool(path, marks);
    this.#db = openReaderConnection(path);
    this.#statements = new StatementCache(this.#db, marks);
  }

  read<R = Record<string, unknown>>(sql: string, parameters: readonly SqlValue[]): R[] {
    const prepared = this.#statements.get(sql);
    this.memory.note(prepared.tables.read);
    return allRows(prepared, parameters) as R[];
  }

  readArrays(sql: string, parameters: readonly SqlValue[]): SqlValue[][] {
    return allArrays(this.#statements.get(sql), parameters);
  }

  remember<R = Record<string, unknown>>(sql: string, parameters: readonly SqlValue[]): R[] {
    const prepared = this.#statements.get(sql);
    const version = this.memory.versionOfAll(prepared.tables.read);
    const key = keyOf(sql, parameters);
    let rows = this.memory.recall(key, version, 0);
    if (rows === undefined) {
      rows = allArrays(prepared, parameters);
      this.memory.keep(key, version, rows, Number.POSITIVE_INFINITY);
    }
    return rows.map(prepared.toRow) as R[];
  }

  async scan<R = Record<string, unknown>>(sql: string, parameters: readonly SqlValue[]): Promise<R[]> {
    recording()?.refuse();
    return (await this.#readers.scan(sql, parameters)) as R[];
  }

  async write(statements: readonly SqliteStatement[]): Promise<SqliteOutcome[]> {
    if (statements.length === 0) return [];
    const owned = statements.map(ownStatement);
    const outcomes = await this.#writer.submit({ kind: 'statements', statements: owned }, statements.length);
    return (outcomes as WireOutcome[]).map((outcome) =>
      typeof outcome === 'number' ? { rows: NO_ROWS, changed: outcome } : outcome,
    );
  }

  async writeRows(batches: readonly RowBatch[]): Promise<void> {
    let rows = 0;
    for (const { sql, values, width } of batches) {
      if (width < 1 || values.length % width !== 0) throw new RangeError(`Not whole rows of ${width} values: ${sql}`);
      rows += values.length / width;
    }
    if (rows > 0) await this.#writer.submit({ kind: 'rows', batches }, rows);
  }

  async run<A, R>(script: Script<A, R>, args: A): Promise<R> {
    const job = { kind: 'script', module: script.module, name: script.name, args } as const;
    return (await this.#writer.submit(job, SCRIPT_WEIGHT)) as R;
  }

  async define(sql: string): Promise<void> {
    await this.#writer.submit({ kind: 'define', sql }, 1);
  }

  async backup(path: string): Promise<void> {
    const copy = backupFile(this.path, path);
    this.#backups.add(copy);
    try {
      await copy;
    } finally {
      this.#backups.delete(copy);
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#writer.drainAndRefuse();
    await Promise.allSettled(this.#backups);
    await this.#readers.close();
    this.#db.close();
    await this.#writer.close();
  }
}

/** Each value with its type and length, so that no two lists of parameters are the same text. */
function keyOf(sql: string, parameters: readonly SqlValue[]): string {
  let key = sql;
  for (const value of parameters) {
    key += typeof value === 'string' ? `\0${value.length}:${value}` : `\0${typeof value}:${value}`;
  }
  return key;
}

/** What a script counts for in the queue: about its number of statements. */
const SCRIPT_WEIGHT = 4;

/** Checked, and without views into larger buffers: those would travel with the whole buffer. */
function ownStatement(statement: SqliteStatement): SqliteStatement {
  checkParameters(statement.parameters);
  if (!statement.parameters.some(isPartOfBuffer)) return statement;
  return {
    ...statement,
    parameters: statement.parameters.map((value) =>
      isPartOfBuffer(value) ? new Uint8Array(value as Uint8Array) : value,
    ),
  };
}

function isPartOfBuffer(value: SqlValue): boolean {
  return value instanceof Uint8Array && value.byteLength !== value.buffer.byteLength;
}
