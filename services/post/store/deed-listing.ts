import type { Page } from '#contracts/model/common.ts';
import { MAX_RANGE_ROWS, type WideColumn } from '#ports/wide-column/port.ts';
import type { RowOf } from '#ports/wide-column/table.ts';
import { bucketAt } from './buckets.ts';
import { revisionTimeMs } from './revisions.ts';
import { DEED_BUCKET, DEED_LIST } from './tables.ts';

export interface ListedDeed {
  /** The cursor: when the deed began. */
  readonly since: number;
  readonly postId: string;
}

/** What one person liked or bookmarked, in order of time, through the buckets that exist. Rows whose deed has ended since may be among them. */
export class DeedListing {
  readonly #wide: WideColumn;

  constructor(wide: WideColumn) {
    this.#wide = wide;
  }

  /** Pages of at most `pageSize`, newest first, or oldest first above `minId`. */
  async *pages(
    actorId: string,
    kind: 'like' | 'bookmark',
    page: Pick<Page, 'maxId' | 'sinceId' | 'minId'>,
    pageSize: number,
  ): AsyncGenerator<ListedDeed[]> {
    const oldestFirst = page.minId !== undefined;
    let below = cursor(page.maxId);
    let above = cursor(page.minId ?? page.sinceId);
    const buckets = await this.#wide.range(
      DEED_BUCKET,
      { actor_id: actorId, kind },
      {
        ...(below === undefined ? {} : { lte: bucketAt(revisionTimeMs(below)) }),
        ...(above === undefined ? {} : { gte: bucketAt(revisionTimeMs(above)) }),
        reverse: oldestFirst,
        limit: MAX_RANGE_ROWS,
      },
    );
    for (const { bucket } of buckets) {
      for (;;) {
        const rows: RowOf<typeof DEED_LIST>[] = await this.#wide.range(
          DEED_LIST,
          { actor_id: actorId, kind, bucket },
          {
            ...(below === undefined ? {} : { lt: below }),
            ...(above === undefined ? {} : { gt: above }),
            reverse: oldestFirst,
            limit: pageSize,
          },
        );
        if (rows.length > 0) yield rows.map(({ since, post_id }) => ({ since, postId: post_id }));
        if (rows.length < pageSize) break;
        if (oldestFirst) above = rows.at(-1)!.since;
        else below = rows.at(-1)!.since;
      }
    }
  }
}

/** Clients may send any id as a cursor. */
function cursor(id: string | undefined): number | undefined {
  return id === undefined ? undefined : Math.min(Number(id), Number.MAX_SAFE_INTEGER);
}
