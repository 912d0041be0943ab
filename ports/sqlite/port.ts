import type { Script } from '#ports/relational/port.ts';
import type { ReadMemory } from './read-memory.ts';

/** What SQLite takes as a parameter. Booleans are 0 and 1; 64-bit ids are bigint, or decimal text where the column is an INTEGER. */
export type SqlValue = null | number | bigint | string | Uint8Array;

export interface SqliteStatement {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
  /** With it, the job is undone unless exactly this many rows changed (`GuardFailed`). */
  readonly expect?: number;
}

export interface SqliteOutcome {
  readonly rows: readonly Record<string, unknown>[];
  readonly changed: number;
}

/** One statement for many rows. */
export interface RowBatch {
  readonly sql: string;
  /** Parameters of one row. */
  readonly width: number;
  /** The parameters of all rows, one row after the other. */
  readonly values: readonly SqlValue[];
  /** With it, the writer runs the rows in the order of that many leading parameters: neighbours in the file are written together. */
  readonly sortBy?: number;
  /** Marks of what changes with these rows, besides that of their table: see {@link ReadMemory}. */
  readonly marks?: readonly number[];
}

/**
 * One SQLite file with one writer thread. Callers' jobs are committed in groups: each job is all or none, and has been
 * synced to disk (with `synchronous=FULL`) when its promise resolves. Jobs run in the order of their calls. Reads run on the calling thread
 * and see every job that resolved.
 *
 * A job is refused with a `PlazaError` `unavailable` when too much waits already, when the file is locked by another program, and once the file has
 * failed (disk full, input/output error, corruption, a dead writer thread). A failed file takes no more writes until it is opened again.
 */
export interface SqliteFile {
  readonly path: string;
  /** Resolves (never rejects) with the cause when the file fails. The program should stop, or run without this file. */
  readonly failed: Promise<Error>;
  /** A read by key or a short range, on this thread. Statements are prepared once. */
  read<R = Record<string, unknown>>(sql: string, parameters: readonly SqlValue[]): R[];
  /** The same read with rows as arrays of column values, for callers that build their own rows. */
  readArrays(sql: string, parameters: readonly SqlValue[]): SqlValue[][];
  /** The same read, given from memory as long as nothing that it reads has changed: for short results that are asked for again and again. */
  remember<R = Record<string, unknown>>(sql: string, parameters: readonly SqlValue[]): R[];
  /** What was read before and has not changed since, for callers that know better than the text of a statement what a read depends on. */
  readonly memory: ReadMemory;
  /** A long read (scan, export, full text) in a reader thread; at most {@link MAX_SCAN_ROWS} rows. */
  scan<R = Record<string, unknown>>(sql: string, parameters: readonly SqlValue[]): Promise<R[]>;
  /** Statements, in order, all or none. */
  write(statements: readonly SqliteStatement[]): Promise<SqliteOutcome[]>;
  /** Many rows of few statements, all or none: the quick way for fan-outs. */
  writeRows(batches: readonly RowBatch[]): Promise<void>;
  /** A script, all or none. */
  run<A, R>(script: Script<A, R>, args: A): Promise<R>;
  /** Statements that define tables, run at start, all or none. */
  define(sql: string): Promise<void>;
  /** A consistent copy, made while writes go on. The path must be free. */
  backup(path: string): Promise<void>;
  /** Finishes what was accepted, folds the log into the file and ends the threads. */
  close(): Promise<void>;
}

/** Rows of one scan; whoever wants more reads in pages. Each row is copied between threads. */
export const MAX_SCAN_ROWS = 200_000;
/** Statements and rows that wait for the writer, all callers together: a few seconds of work, so that who is refused can come again. */
export const MAX_QUEUED_ROWS = 200_000;
/** Scans that wait for a reader thread. */
export const MAX_QUEUED_SCANS = 500;
