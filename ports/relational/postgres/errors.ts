import pg from 'pg';
import { PlazaError } from '#platform/errors/errors.ts';
import { GuardFailed } from '#ports/relational/port.ts';

/** A statement that the server refused. Values of rows, which the server tells beside its message, are left out: they may be private. */
export class PostgresError extends Error {
  /** SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html */
  readonly sqlState: string;
  constructor(message: string, sqlState: string) {
    super(message);
    this.name = 'PostgresError';
    this.sqlState = sqlState;
  }
}

/** The columns of a table changed under a statement that a connection has prepared; another connection prepares it anew. Nothing was done. */
export class StalePlan extends PostgresError {
  constructor(message: string, sqlState: string) {
    super(message, sqlState);
    this.name = 'StalePlan';
  }
}

/** No answer came in time, or the connection ended while one was awaited. */
export class ConnectionLost extends Error {
  /** Whether the server went silent, so that others who wait for it wait in vain. */
  readonly silent: boolean;
  constructor(cause: unknown) {
    super(reasonOf(cause));
    this.name = 'ConnectionLost';
    this.silent = /timeout/i.test(this.message);
  }
}

/** Serialization failure and deadlock: done again from the start, it may well succeed. */
const CONFLICTS = new Set(['40001', '40P01']);

/**
 * States of a server that cannot serve now: it starts or stops (57P), a connection failed (08), it is out of connections, memory or disk (53), it has
 * become a standby (25006), it does not let us in any more (28), a statement or a lock took too long (57014, 55P03, 25P03).
 */
const AWAY = /^(57P0[1-3]|08...|53...|25006|25P03|28...|57014|55P03)$/;
/** After these, the connection is of no more use. */
const ENDS_CONNECTION = /^(57P0[1-5]|08...|25006|25P03)$/;

/** Where in the server it is found out; the state that comes with it stands for other things too. */
const STALE_PLAN = 'RevalidateCachedQuery';

/** What the driver threw, as one of this file's errors; anything else (a value that cannot be sent) as it is. */
export function understood(error: unknown): Error {
  if (error instanceof pg.DatabaseError) {
    const { message, code = 'XX000', routine } = error;
    return routine === STALE_PLAN ? new StalePlan(message, code) : new PostgresError(message, code);
  }
  if (error instanceof TypeError || error instanceof RangeError) return error;
  return new ConnectionLost(error);
}

/** Whether a transaction that failed so is to be run again from its start. */
export function isConflict(error: unknown): boolean {
  if (error instanceof StalePlan) return true;
  return error instanceof PostgresError && CONFLICTS.has(error.sqlState);
}

export function endsConnection(error: unknown): boolean {
  if (error instanceof PostgresError) return ENDS_CONNECTION.test(error.sqlState);
  return error instanceof ConnectionLost;
}

/** What the caller is told. */
export function told(error: unknown): unknown {
  if (error instanceof PlazaError || error instanceof GuardFailed) return error;
  if (isConflict(error)) return unavailable('Too many changes of the same rows at once', error);
  const away = error instanceof ConnectionLost || (error instanceof PostgresError && AWAY.test(error.sqlState));
  return away ? unavailable('The database cannot answer now', error) : error;
}

export function unavailable(message: string, cause?: unknown): PlazaError {
  return new PlazaError('unavailable', message, cause === undefined ? {} : { cause });
}

/**
 * The connection was lost while the change was being committed. It may have been made or not; whoever repeats it must be able to bear both, so this is
 * not `unavailable`, after which calls are repeated.
 */
export function outcomeUnknown(cause: unknown): PlazaError {
  return new PlazaError('timeout', 'The database did not confirm the change; it may have been made', { cause });
}

/** In few words, for a log: the driver's errors carry the client with all that it knows. */
export function reasonOf(error: unknown): string {
  const { message, code, errors } = error as { message?: string; code?: string; errors?: unknown[] };
  if (errors !== undefined && errors.length > 0) return reasonOf(errors[0]);
  return message || code || String(error);
}
