import { MAX_RANGE_ROWS, type WideColumn } from '#ports/wide-column/port.ts';
import type { RowOf } from '#ports/wide-column/table.ts';
import { COUNTED, REACTION_SHARDS } from './tables.ts';

export type CountedKind = 'like' | 'repost' | 'reply';

/** All counted rows of one kind of a post, a page at a time. */
export async function* countedRows(
  wide: WideColumn,
  postId: string,
  kind: CountedKind,
): AsyncGenerator<RowOf<typeof COUNTED>[]> {
  for (let shard = 0; shard < REACTION_SHARDS; shard++) {
    let after: string | undefined;
    for (;;) {
      const rows: RowOf<typeof COUNTED>[] = await wide.range(
        COUNTED,
        { post_id: postId, kind, shard },
        { ...(after === undefined ? {} : { gt: after }), limit: MAX_RANGE_ROWS },
      );
      if (rows.length > 0) yield rows;
      if (rows.length < MAX_RANGE_ROWS) break;
      after = rows.at(-1)!.source_id;
    }
  }
}

export async function countActive(wide: WideColumn, postId: string, kind: CountedKind): Promise<number> {
  let count = 0;
  for await (const rows of countedRows(wide, postId, kind)) {
    for (const { active } of rows) if (active) count++;
  }
  return count;
}
