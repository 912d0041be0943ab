import type { Cursors, Page } from '#contracts/model/common.ts';

/** One entry of a list: what is shown for it, or undefined where the caller may not have it, and its place. */
export interface Entry<T> {
  readonly cursor: string;
  readonly item: T | undefined;
}

/** Entries looked through for one page. A page may come short of its limit, even empty, and still name where the next begins. */
const MAX_SCANNED = 1_000;

/**
 * Fills one page from entries that come in the order of the walk: newest first, or oldest first where `minId` is given. The answer is newest first
 * either way. Cursors never skip: what was looked at and left out is behind them.
 */
export async function fillPage<T>(
  entries: AsyncIterable<readonly Entry<T>[]>,
  page: Page,
): Promise<{ items: T[]; cursors: Cursors }> {
  const items: T[] = [];
  const upwards = page.minId !== undefined;
  let scanned = 0;
  let first: string | undefined;
  let last: string | undefined;
  let exhausted = true;
  walk: for await (const some of entries) {
    for (const { cursor, item } of some) {
      if (items.length === page.limit || scanned === MAX_SCANNED) {
        exhausted = false;
        break walk;
      }
      scanned++;
      last = cursor;
      first ??= cursor;
      if (item !== undefined) items.push(item);
    }
  }
  const newest = upwards ? last : first;
  // Downwards an end is an end; upwards there may be older entries below the first, and newer ones come with time.
  const olderThan = upwards ? first : exhausted ? undefined : last;
  const newerThan = newest ?? page.minId ?? page.sinceId;
  return {
    items: upwards ? items.reverse() : items,
    cursors: { ...(olderThan === undefined ? {} : { olderThan }), ...(newerThan === undefined ? {} : { newerThan }) },
  };
}
