import { LRUCache } from 'lru-cache';
import { put, type WideColumn } from '#ports/wide-column/port.ts';
import { concatenated, type EntryStream } from '../entries/stream.ts';
import { timelineBucket } from './tables.ts';

const BUCKETS_PER_READ = 50;
const BUCKETS_HELD = 10_000;

/** The directory of buckets: timelines grow without end, and quiet ones have gaps that nobody should search through. */
export class Buckets {
  readonly #store: WideColumn;
  readonly #shards = new LRUCache<string, number>({ max: BUCKETS_HELD });

  constructor(store: WideColumn) {
    this.#store = store;
  }

  /** Call it before the first row of a bucket is written. Gives the number of shards that the bucket has for good. */
  async ensure(timeline: string, bucket: number, shards: number): Promise<number> {
    const name = `${timeline} ${bucket}`;
    const known = this.#shards.get(name);
    if (known !== undefined) return known;
    const row = await this.#store.get(timelineBucket, { timeline, bucket });
    if (row === undefined) await this.#store.write([put(timelineBucket, { timeline, bucket, shards }, 1)]);
    const fixed = row?.shards ?? shards;
    this.#shards.set(name, fixed);
    return fixed;
  }

  /** The number of shards of a bucket that may not exist. */
  async shardsOf(timeline: string, bucket: number): Promise<number | undefined> {
    const known = this.#shards.get(`${timeline} ${bucket}`);
    return known ?? (await this.#store.get(timelineBucket, { timeline, bucket }))?.shards;
  }

  /** The buckets from `first` on, down (or with `upwards` up) to the last one, one after the other. */
  stream(
    timeline: string,
    first: number,
    upwards: boolean,
    open: (bucket: number, shards: number) => EntryStream,
  ): EntryStream {
    let from: { gte: number } | { lte: number } | { gt: number } | { lt: number } = upwards
      ? { gte: first }
      : { lte: first };
    let current: EntryStream | undefined;
    let ended = false;
    return {
      next: async () => {
        for (;;) {
          const piece = (await current?.next()) ?? [];
          if (piece.length > 0) return piece;
          if (ended) return [];
          const range = { ...from, reverse: upwards, limit: BUCKETS_PER_READ };
          const rows = await this.#store.range(timelineBucket, { timeline }, range);
          ended = rows.length < BUCKETS_PER_READ;
          if (rows.length === 0) return [];
          const last = rows.at(-1)!.bucket;
          from = upwards ? { gt: last } : { lt: last };
          current = concatenated(
            rows.map(
              ({ bucket, shards }) =>
                () =>
                  open(bucket, shards),
            ),
          );
        }
      },
    };
  }
}
