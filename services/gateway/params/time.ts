import { invalid } from '#platform/errors/errors.ts';

/** The time in `scheduled_at`, in ISO 8601, as milliseconds since the epoch. */
export function timeOf(text: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isSafeInteger(ms) || ms < 0) {
    throw invalid('scheduled_at', 'ERR_INVALID', 'scheduled_at is not a time in ISO 8601');
  }
  return ms;
}
