import type { Script } from '#ports/relational/port.ts';

/** What SQLite takes as a parameter. Booleans are 0 and 1; 64-bit ids are bigint. */
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

/**
 * One SQLite file with one writer thread. Callers' jobs are committed in groups: each job is all or none, and has been
 * synced to disk (with `synchronous=FULL`) when its promise resolves. Reads run on the calling thread and see every job that resolved.
 */
export interface SqliteFile {
  readonly path: string;
  /** A read by key or a short range, on this thread. Statements are prepared once. */
  read<R = Record<string, unknown>>(sql: string, parameters: readonly SqlValue[]): R[];
  /** A long read (scan, export, full text) in a reader thread. */
  scan<R = Record<string, unknown>>(sql: string, parameters: readonly SqlValue[]): Promise<R[]>;
  /** Statements, in order, all or none. */
  write(statements: readonly SqliteStatement[]): Promise<SqliteOutcome[]>;
  /** A script, all or none. */
  run<A, R>(script: Script<A, R>, args: A): Promise<R>;
  /** Statements that define tables, run at start. */
  define(sql: string): Promise<void>;
  /** A consistent copy, made while writes go on. */
  backup(path: string): Promise<void>;
  close(): Promise<void>;
}
