import { idTimeMs } from '#platform/ids/ids.ts';

/** A month or so: the busiest author makes some tens of thousands of rows in it, a quiet one some tens. */
const BUCKET_MS = 30 * 86_400_000;

/** The time bucket that rows about this id belong to. Grows with the id. */
export function bucketOf(id: string): number {
  return bucketAt(idTimeMs(id));
}

export function bucketAt(timeMs: number): number {
  return Math.max(0, Math.floor(timeMs / BUCKET_MS));
}
