import { S3ServiceException } from '@aws-sdk/client-s3';
import { PlazaError } from '#platform/errors/errors.ts';
import { dependencyIsDown } from '#ports/event-bus/failure.ts';

/** The client's own words for a server that does not answer. */
const SILENCE = new Set(['TimeoutError', 'RequestTimeout', 'NetworkingError']);

export function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && (error.name === 'NoSuchKey' || error.name === 'NotFound');
}

/** Asked for bytes beyond the object's end. */
export function isOutside(error: unknown): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === 416;
}

/**
 * What the store's callers are told. Whatever S3 refuses is no fault of a request (keys and types were checked before): wrong credentials, a bucket that is
 * not there, too many requests. Failures of a stream that was to be stored stay what they are.
 */
export function asUnavailable(error: unknown): unknown {
  if (error instanceof PlazaError) return error;
  const ofStore =
    error instanceof S3ServiceException ||
    (error instanceof Error && (SILENCE.has(error.name) || '$metadata' in error)) ||
    dependencyIsDown(error);
  return ofStore ? new PlazaError('unavailable', 'The object store is away', { cause: error }) : error;
}
