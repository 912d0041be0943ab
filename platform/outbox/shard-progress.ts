import type { Clock } from '#platform/clock/clock.ts';
import { ID_EPOCH_MS } from '#platform/ids/ids.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { put, type WideColumn } from '#ports/wide-column/port.ts';
import type { ShardRelay } from './shard-relay.ts';
import { BUCKET_MS, bucketAt, KEEP_BUCKETS, progressVersion, type WideOutbox } from './wide-outbox.ts';

export interface ShardProgressOptions {
  readonly wide: WideColumn;
  readonly outbox: WideOutbox;
  readonly clock: Clock;
  readonly log: Logger;
  readonly windowMs: number;
}

/**
 * Notes how far shards are published, drops partitions that are long done, and compares what the outbox holds with what was published: a row that stands
 * behind the window that readings take again landed later than any request lives (a server went away in the middle of a batch and came back).
 */
export class ShardProgress {
  readonly #options: ShardProgressOptions;
  /** The progress that was last written, by shard. */
  readonly #noted = new Map<number, number>();

  constructor(options: ShardProgressOptions) {
    this.#options = options;
  }

  /** Notes which buckets are done and drops those that are long done and empty. */
  async note(shard: ShardRelay): Promise<void> {
    const { wide, outbox } = this.#options;
    const { number, sweptMs } = shard;
    const first = bucketAt(sweptMs);
    if (first <= (this.#noted.get(number) ?? 0)) return;
    const before = await wide.get(outbox.progress, { shard: number });
    if (before !== undefined && before.first < first) {
      const last = Math.max(before.dropped, first - KEEP_BUCKETS);
      let dropped = before.dropped;
      // What was not published is never dropped: first it is read again.
      while (dropped < last && !(await this.#holds(shard, dropped))) {
        await wide.dropPartition(outbox.table, { bucket: dropped++, shard: number });
      }
      await wide.write([put(outbox.progress, { shard: number, first, dropped }, progressVersion(first, dropped))]);
    }
    this.#noted.set(number, first);
  }

  /** Looks through everything that is not dropped yet. */
  async reconcile(shard: ShardRelay): Promise<void> {
    const { wide, outbox, clock, windowMs } = this.#options;
    const progress = await wide.get(outbox.progress, { shard: shard.number });
    if (progress === undefined) return;
    const end = bucketAt(clock.now() - windowMs);
    for (let bucket = progress.dropped; bucket < end; bucket++) if (await this.#holds(shard, bucket)) return;
  }

  /** Whether a bucket holds rows; then it is read again from there. */
  async #holds(shard: ShardRelay, bucket: number): Promise<boolean> {
    const { wide, outbox, log } = this.#options;
    const [row] = await wide.range(outbox.table, { bucket, shard: shard.number }, { limit: 1 });
    if (row === undefined) return false;
    log.warn({ service: outbox.service, shard: shard.number, event: row.id }, 'outbox: reading again for an old event');
    shard.readFrom(bucket * BUCKET_MS + ID_EPOCH_MS, true);
    return true;
  }
}
