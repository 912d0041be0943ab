import { PlazaError } from '#platform/errors/errors.ts';
import { IdClockError } from '#platform/ids/ids.ts';
import type { Logger } from '#platform/telemetry/log.ts';

/**
 * What a caller is told about a failure inside a service. A `PlazaError` passes as it is; anything else is a fault of ours: it is logged here with
 * its stack, and the caller learns no more than `internal` and the request's id.
 */
export function callFailure(
  error: unknown,
  service: string,
  operation: string,
  requestId: string,
  log: Logger,
): PlazaError {
  if (error instanceof PlazaError) return error;
  log.error({ err: error, service, operation, requestId }, 'an operation failed');
  if (error instanceof IdClockError) return unavailable(`${service} cannot make ids at the moment`);
  return new PlazaError('internal', 'Something went wrong', { description: `request ${requestId}` });
}

export function unavailable(description: string): PlazaError {
  return new PlazaError('unavailable', 'The service is not available', { description });
}

/** `unavailable`, and certain that the callee has done nothing: whoever raises it knows that the call never began. */
export class NotStarted extends PlazaError {
  constructor(description: string) {
    super('unavailable', 'The service is not available', { description });
  }
}
