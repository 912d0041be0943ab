import type { Page } from '#contracts/model/common.ts';
import type { WideColumn } from '#ports/wide-column/port.ts';
import { merged } from '../entries/merge.ts';
import type { EntryStream } from '../entries/stream.ts';
import type { Buckets } from './buckets.ts';
import { publicEntry } from './tables.ts';
import { rowsOf, startMs, type Window, windowOf } from './window.ts';

export type PublicKind = 'all' | 'media';

const DAY_MS = 24 * 3_600_000;
const ROWS_PER_READ = 25;

export function dayOf(timeMs: number): number {
  return Math.floor(timeMs / DAY_MS);
}

export function publicTimeline(kind: PublicKind): string {
  return `public ${kind}`;
}

/** Public posts that answer nobody but their author, of everyone. */
export class PublicEntries {
  readonly #store: WideColumn;
  readonly #buckets: Buckets;

  constructor(store: WideColumn, buckets: Buckets) {
    this.#store = store;
    this.#buckets = buckets;
  }

  stream(kind: PublicKind, page: Page): EntryStream {
    const window = windowOf(page);
    const first = dayOf(startMs(window));
    return this.#buckets.stream(publicTimeline(kind), first, window.upwards, (day, shards) =>
      merged(
        Array.from({ length: shards }, (_, shard) => this.#shard({ kind, day, shard }, window)),
        window.upwards ? 'oldest-first' : 'newest-first',
      ),
    );
  }

  #shard(partition: { kind: PublicKind; day: number; shard: number }, window: Window): EntryStream {
    const rows = rowsOf((range) => this.#store.range(publicEntry, partition, range), window, ROWS_PER_READ);
    return {
      async next() {
        const piece = await rows.next();
        return piece.map(({ post_id, author_id }) => ({
          postId: post_id,
          authorId: author_id,
          targetId: null,
          tags: '',
        }));
      },
    };
  }
}
