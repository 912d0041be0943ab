import type { PostHead } from '#contracts/model/post.ts';
import { MAX_RANGE_ROWS, type WideColumn } from '#ports/wide-column/port.ts';
import type { RowOf } from '#ports/wide-column/table.ts';
import { bucketOf } from './buckets.ts';
import { headOf } from './heads.ts';
import { AUTHOR_BUCKET, POST_BY_AUTHOR, POST_BY_AUTHOR_TAG } from './tables.ts';

/** Bounds are exclusive. `oldestFirst` walks up from `sinceId`. */
export interface Walk {
  readonly maxId?: string | undefined;
  readonly sinceId?: string | undefined;
  readonly oldestFirst?: boolean;
}

export interface Listed {
  readonly head: PostHead;
  readonly hasMedia: boolean;
}

/** An author's posts in order of id, through the buckets that exist. */
export class AuthorListing {
  readonly #wide: WideColumn;

  constructor(wide: WideColumn) {
    this.#wide = wide;
  }

  /** Gives pages of at most `pageSize` until nothing is left; whoever has enough stops asking. */
  async *pages(authorId: string, walk: Walk, pageSize: number): AsyncGenerator<Listed[]> {
    for (const bucket of await this.#buckets(authorId, walk)) {
      let { maxId, sinceId } = walk;
      for (;;) {
        const rows = await this.#wide.range(
          POST_BY_AUTHOR,
          { author_id: authorId, bucket },
          {
            ...(maxId === undefined ? {} : { lt: maxId }),
            ...(sinceId === undefined ? {} : { gt: sinceId }),
            reverse: walk.oldestFirst === true,
            limit: pageSize,
          },
        );
        if (rows.length > 0) yield rows.map(listed);
        if (rows.length < pageSize) break;
        if (walk.oldestFirst) sinceId = rows.at(-1)!.id;
        else maxId = rows.at(-1)!.id;
      }
    }
  }

  /** The newest posts below `before`, at most `limit`. */
  async recent(authorId: string, before: string | undefined, limit: number): Promise<PostHead[]> {
    const heads: PostHead[] = [];
    for await (const page of this.pages(authorId, { maxId: before }, limit)) {
      for (const { head } of page) {
        heads.push(head);
        if (heads.length === limit) return heads;
      }
    }
    return heads;
  }

  /** Ids of an author's posts with a hashtag, newest first, a page at a time. */
  async *taggedPages(
    authorId: string,
    tag: string,
    walk: Walk,
    pageSize: number,
  ): AsyncGenerator<RowOf<typeof POST_BY_AUTHOR_TAG>[]> {
    let { maxId, sinceId } = walk;
    for (;;) {
      const rows = await this.#wide.range(
        POST_BY_AUTHOR_TAG,
        { author_id: authorId, tag },
        {
          ...(maxId === undefined ? {} : { lt: maxId }),
          ...(sinceId === undefined ? {} : { gt: sinceId }),
          reverse: walk.oldestFirst === true,
          limit: pageSize,
        },
      );
      if (rows.length > 0) yield rows;
      if (rows.length < pageSize) return;
      if (walk.oldestFirst) sinceId = rows.at(-1)!.id;
      else maxId = rows.at(-1)!.id;
    }
  }

  async #buckets(authorId: string, { maxId, sinceId, oldestFirst }: Walk): Promise<number[]> {
    const rows = await this.#wide.range(
      AUTHOR_BUCKET,
      { author_id: authorId },
      {
        // A cursor of a client may be any number: ids below our first have bucket 0.
        ...(maxId === undefined ? {} : { lte: bucketOf(maxId) }),
        ...(sinceId === undefined ? {} : { gte: bucketOf(sinceId) }),
        reverse: oldestFirst === true,
        // Eighty years of months.
        limit: MAX_RANGE_ROWS,
      },
    );
    return rows.map(({ bucket }) => bucket);
  }
}

function listed(row: RowOf<typeof POST_BY_AUTHOR>): Listed {
  return { head: headOf(row), hasMedia: row.has_media };
}
