import type { FaultPoint } from '#platform/faults/points.ts';
import type { WriterSettings } from './connection.ts';
import type { WireError } from './errors.ts';
import type { RowBatch, SqliteOutcome, SqliteStatement, SqlValue } from './port.ts';

/** One unit of work for the writer thread: all or none. */
export type Job =
  | { readonly kind: 'statements'; readonly statements: readonly SqliteStatement[] }
  | { readonly kind: 'rows'; readonly batches: readonly RowBatch[] }
  | { readonly kind: 'script'; readonly module: string; readonly name: string; readonly args: unknown }
  | { readonly kind: 'define'; readonly sql: string };

/** What the outcome of a statement is on its way back: only the number of changed rows, where it gave none. */
export type WireOutcome = number | SqliteOutcome;

export type Answer = { readonly value: unknown } | { readonly error: WireError };

export interface WriterStart extends WriterSettings {
  /** Where it tells its readers what changed. */
  readonly marks: SharedArrayBuffer;
  /** Ends the process when this point is reached for the nth time: functions cannot cross threads. */
  readonly fault?: { readonly point: FaultPoint; readonly nth: number };
}

/** To the writer: the jobs of one turn of the event loop, or the order to finish. */
export type ToWriter = readonly Job[] | 'close';

/** From the writer. Answers come in the order of the jobs. */
export type FromWriter =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answers'; readonly answers: readonly Answer[] }
  /** The file cannot go on: every job without an answer failed. */
  | { readonly kind: 'fatal'; readonly reason: string; readonly error: WireError }
  | { readonly kind: 'closed' };

/** What a reader thread is given. */
export interface ReaderData {
  readonly path: string;
  /** Memory of the file's `ChangeMarks`. */
  readonly marks: SharedArrayBuffer;
}

export interface ScanRequest {
  readonly id: number;
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

export type FromReader =
  | { readonly id: number; readonly rows: readonly Record<string, unknown>[] }
  | { readonly id: number; readonly error: WireError };
