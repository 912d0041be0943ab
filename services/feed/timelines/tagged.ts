import type { Page } from '#contracts/model/common.ts';
import type { WideColumn } from '#ports/wide-column/port.ts';
import type { EntryStream } from '../entries/stream.ts';
import { weekOf } from '../store/weeks.ts';
import type { Buckets } from './buckets.ts';
import { tagEntry } from './tables.ts';
import { rowsOf, startMs, windowOf } from './window.ts';

const ROWS_PER_READ = 40;

/** What a post of a hashtag must have besides. */
export interface TagCondition {
  readonly all: readonly string[];
  readonly none: readonly string[];
  readonly onlyMedia: boolean;
}

const ANY: TagCondition = { all: [], none: [], onlyMedia: false };

export function tagTimeline(tag: string): string {
  return `tag ${tag}`;
}

/** Public posts with a hashtag. */
export class TaggedEntries {
  readonly #store: WideColumn;
  readonly #buckets: Buckets;

  constructor(store: WideColumn, buckets: Buckets) {
    this.#store = store;
    this.#buckets = buckets;
  }

  /** Entries come by this hashtag. */
  stream(tag: string, page: Omit<Page, 'limit'>, condition = ANY): EntryStream {
    const window = windowOf({ ...page, limit: 1 });
    const first = weekOf(startMs(window));
    return this.#buckets.stream(tagTimeline(tag), first, window.upwards, (week) => {
      const rows = rowsOf((range) => this.#store.range(tagEntry, { tag, week }, range), window, ROWS_PER_READ);
      return {
        async next() {
          for (;;) {
            const piece = await rows.next();
            if (piece.length === 0) return [];
            const entries = piece
              .filter((row) => meets(row, condition))
              .map(({ post_id, author_id }) => ({ postId: post_id, authorId: author_id, targetId: null, tags: tag }));
            if (entries.length > 0) return entries;
          }
        },
      };
    });
  }
}

function meets(row: { readonly tags: readonly string[]; readonly media: boolean }, condition: TagCondition): boolean {
  if (condition.onlyMedia && !row.media) return false;
  return (
    condition.all.every((name) => row.tags.includes(name)) && !condition.none.some((name) => row.tags.includes(name))
  );
}
