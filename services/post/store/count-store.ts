import type { PostCounts } from '#contracts/model/post.ts';
import type { WideColumn } from '#ports/wide-column/port.ts';
import type { Key, RowOf } from '#ports/wide-column/table.ts';
import type { Deed } from './deed-store.ts';
import { COUNTED, POST_COUNTS, shardOf } from './tables.ts';

/** Counts as they stand at `position` of the reaction topic; 0 before anything was counted. */
export interface CountRow {
  readonly likes: number;
  readonly reposts: number;
  readonly replies: number;
  readonly position: number;
}

const NOTHING: CountRow = { likes: 0, reposts: 0, replies: 0, position: 0 };

/** How often counts and what they hold of the caller are read again when the consumer works between the two reads. */
const MAX_READS = 5;

/** Reads counts, and mends them for the person who asks: what they did themselves is in the number, whether or not the consumer has come to it. */
export class CountStore {
  readonly #wide: WideColumn;

  constructor(wide: WideColumn) {
    this.#wide = wide;
  }

  /** In the order asked for; zeros where nothing was counted. */
  async rows(ids: readonly string[]): Promise<CountRow[]> {
    const rows = await this.#wide.getMany(
      POST_COUNTS,
      ids.map((post_id) => ({ post_id })),
    );
    return rows.map((row) => row ?? NOTHING);
  }

  /**
   * The counts of one post with the deeds of `actorId` counted exactly once. The counted rows are read after the counts and were written with them, so a counted row
   * at or below the counts' position is in the counts as it says. One above shows that the consumer has worked in between: both are read again.
   */
  async withOwn(postId: string, actorId: string, own: readonly Deed[]): Promise<PostCounts> {
    const keys: Key<typeof COUNTED>[] = own.map(({ kind }) => ({
      post_id: postId,
      kind,
      shard: shardOf(actorId),
      source_id: actorId,
    }));
    for (let reads = 1; ; reads++) {
      const [counts] = await this.rows([postId]);
      const counted = await this.#wide.getMany(COUNTED, keys);
      const moved = counted.some((row) => row !== undefined && row.position > counts!.position);
      if (!moved || reads === MAX_READS) return mended(postId, counts!, own, counted);
    }
  }
}

function mended(
  id: string,
  counts: CountRow,
  own: readonly Deed[],
  counted: readonly (RowOf<typeof COUNTED> | undefined)[],
): PostCounts {
  let { likes, reposts } = counts;
  own.forEach(({ kind, active }, i) => {
    const difference = (active ? 1 : 0) - (counted[i]?.active === true ? 1 : 0);
    if (kind === 'like') likes += difference;
    if (kind === 'repost') reposts += difference;
  });
  return { id, likes: Math.max(0, likes), reposts: Math.max(0, reposts), replies: counts.replies };
}
