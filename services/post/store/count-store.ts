import { LRUCache } from 'lru-cache';
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
/** Deeds known to be counted; some 100 bytes each. */
const SETTLED_IN_MEMORY = 20_000;

/** Deeds of one person with one post that are counted: likes and reposts. */
export interface OwnDeeds {
  readonly postId: string;
  readonly deeds: readonly Deed[];
}

/** Reads counts, and mends them for the person who asks: what they did themselves is in the number, whether or not the consumer has come to it. */
export class CountStore {
  readonly #wide: WideColumn;
  /** Once a deed is counted, every count that is read later holds it. */
  readonly #settled = new LRUCache<string, true>({ max: SETTLED_IN_MEMORY });

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
   * Counts with the deeds of `actorId` counted exactly once. The counted rows are read after the counts and were written with them, so a counted row at
   * or below the counts' position is in the counts as it says. One above shows that the consumer has worked in between: both are read again.
   */
  async withOwn(actorId: string, own: readonly OwnDeeds[]): Promise<PostCounts[]> {
    const answers: PostCounts[] = [];
    let open = own;
    for (let reads = 1; open.length > 0; reads++) {
      const counts = await this.rows(open.map(({ postId }) => postId));
      const counted = await this.#counted(actorId, open);
      const again: OwnDeeds[] = [];
      for (const [i, one] of open.entries()) {
        const rows = one.deeds.map((deed) => counted.get(nameOf(actorId, one.postId, deed)));
        const position = counts[i]!.position;
        const moved = rows.some((row) => row !== undefined && row !== 'settled' && row.position > position);
        if (moved && reads < MAX_READS) again.push(one);
        else answers.push(this.#mended(actorId, one, counts[i]!, rows));
      }
      open = again;
    }
    return answers;
  }

  async #counted(actorId: string, own: readonly OwnDeeds[]): Promise<Map<string, CountedRow>> {
    const known = new Map<string, CountedRow>();
    const keys: Key<typeof COUNTED>[] = [];
    const names: string[] = [];
    for (const { postId, deeds } of own) {
      for (const deed of deeds) {
        const name = nameOf(actorId, postId, deed);
        if (this.#settled.has(name)) {
          known.set(name, 'settled');
          continue;
        }
        names.push(name);
        keys.push({ post_id: postId, kind: deed.kind, shard: shardOf(actorId), source_id: actorId });
      }
    }
    if (keys.length === 0) return known;
    const rows = await this.#wide.getMany(COUNTED, keys);
    rows.forEach((row, i) => {
      known.set(names[i]!, row);
    });
    return known;
  }

  #mended(actorId: string, { postId, deeds }: OwnDeeds, counts: CountRow, counted: readonly CountedRow[]): PostCounts {
    let { likes, reposts } = counts;
    deeds.forEach((deed, i) => {
      const row = counted[i];
      if (row === 'settled') return;
      if (row !== undefined && row.revision === deed.revision && row.position <= counts.position) {
        this.#settled.set(nameOf(actorId, postId, deed), true);
      }
      const difference = (deed.active ? 1 : 0) - (row?.active === true ? 1 : 0);
      if (deed.kind === 'like') likes += difference;
      if (deed.kind === 'repost') reposts += difference;
    });
    return { id: postId, likes: Math.max(0, likes), reposts: Math.max(0, reposts), replies: counts.replies };
  }
}

type CountedRow = RowOf<typeof COUNTED> | 'settled' | undefined;

function nameOf(actorId: string, postId: string, { kind, revision }: Deed): string {
  return `${actorId} ${postId} ${kind} ${revision}`;
}
