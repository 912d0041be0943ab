import { idTimeMs } from '#platform/ids/ids.ts';
import { WEEK_MS } from '../config.ts';

/** The number of the week that holds a time: buckets of homes and of hashtags. */
export function weekOf(timeMs: number): number {
  return Math.floor(timeMs / WEEK_MS);
}

export function weekOfId(id: string): number {
  return weekOf(idTimeMs(id));
}
