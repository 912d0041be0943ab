import { errors, types } from 'cassandra-driver';
import { PlazaError } from '#platform/errors/errors.ts';
import { WriteTimeout } from '../port.ts';

const { responseErrorCodes: codes } = types;

/** Answers of a server that cannot at the moment. */
const AWAY = new Set<number>([
  codes.unavailableException,
  codes.overloaded,
  codes.isBootstrapping,
  codes.readTimeout,
  codes.readFailure,
  codes.writeTimeout,
  codes.writeFailure,
  codes.truncateError,
  codes.serverError,
]);

/** Whether a request failed because of the servers, not because of what it says. */
export function serversAreAway(error: unknown): boolean {
  if (error instanceof errors.ResponseError) return AWAY.has(error.code);
  if (error instanceof errors.NoHostAvailableError || error instanceof errors.OperationTimedOutError) return true;
  return socketFailed(error);
}

/** What a caller of a read is told. */
export function readFailure(error: unknown): unknown {
  return serversAreAway(error) ? away(error) : error;
}

/** What a caller of a write is told: its fate is unknown, unless no server was reached at all. */
export function writeFailure(error: unknown): unknown {
  if (!serversAreAway(error)) return error;
  return neverSent(error) ? away(error) : new WriteTimeout({ cause: error });
}

function away(cause: unknown): PlazaError {
  return new PlazaError('unavailable', 'The wide-column store does not answer', { cause });
}

function neverSent(error: unknown): boolean {
  if (!(error instanceof errors.NoHostAvailableError)) return false;
  return Object.values((error.innerErrors ?? {}) as Record<string, unknown>).every((inner) => {
    if (inner instanceof errors.ResponseError || inner instanceof errors.OperationTimedOutError) return false;
    return !socketFailed(inner) || (inner as { requestNotWritten?: boolean }).requestNotWritten === true;
  });
}

function socketFailed(error: unknown): boolean {
  return (error as { isSocketError?: boolean } | null)?.isSocketError === true;
}
