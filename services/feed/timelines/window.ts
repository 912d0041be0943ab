import type { Page } from '#contracts/model/common.ts';
import { idTimeMs } from '#platform/ids/ids.ts';
import type { Range } from '#ports/wide-column/port.ts';

/** Which part of a timeline a page reads, and in which order. */
export interface Window {
  readonly upwards: boolean;
  /** Exclusive bounds on ids. */
  readonly bounds: { readonly gt?: string; readonly lt?: string };
}

export function windowOf(page: Page): Window {
  const gt = page.minId ?? page.sinceId;
  return {
    upwards: page.minId !== undefined,
    bounds: { ...(gt === undefined ? {} : { gt }), ...(page.maxId === undefined ? {} : { lt: page.maxId }) },
  };
}

/** When the window begins: the bucket of this time is read first. */
export function startMs(window: Window): number {
  const { gt, lt } = window.bounds;
  if (window.upwards) return gt === undefined ? 0 : Math.max(0, idTimeMs(gt));
  return lt === undefined ? Number.MAX_SAFE_INTEGER : idTimeMs(lt);
}

/** The rows of one partition that belong to a window, a piece at a time. `keep` may leave rows out. */
export function rowsOf<R extends { readonly post_id: string }>(
  read: (range: Range) => Promise<readonly R[]>,
  window: Window,
  limit: number,
): { next(): Promise<readonly R[]> } {
  let bounds: Partial<Range> = window.bounds;
  let ended = false;
  return {
    async next() {
      if (ended) return [];
      const rows = await read({ ...bounds, reverse: window.upwards, limit });
      ended = rows.length < limit;
      const last = rows.at(-1)?.post_id;
      if (last !== undefined) bounds = window.upwards ? { ...bounds, gt: last } : { ...bounds, lt: last };
      return rows;
    },
  };
}
