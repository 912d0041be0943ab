import { ID_EPOCH_MS, idAt } from '#platform/ids/ids.ts';
import type { WideColumn } from '#ports/wide-column/port.ts';
import type { PendingEvent } from './event.ts';
import { BUCKET_MS, BUCKETS_AHEAD, bucketAt, type WideOutbox } from './wide-outbox.ts';

const PAGE = 256;

/**
 * What stands in one shard of a wide-column outbox, oldest first, read from the store: whoever is to publish it may be dead, and its lease not over yet.
 * What was published in the last half second may still stand.
 */
export async function* standing(
  { wide, outbox, nowMs }: { readonly wide: WideColumn; readonly outbox: WideOutbox; readonly nowMs: number },
  shard: number,
): AsyncGenerator<PendingEvent> {
  const progress = await wide.get(outbox.progress, { shard });
  const last = bucketAt(nowMs) + BUCKETS_AHEAD;
  for (let bucket = progress?.first ?? last; bucket <= last; bucket++) {
    let after = idAt(bucket * BUCKET_MS + ID_EPOCH_MS - 1);
    for (let isLast = false; !isLast; ) {
      const rows = await wide.range(outbox.table, { bucket, shard }, { gt: after, limit: PAGE });
      yield* rows;
      isLast = rows.length < PAGE;
      if (!isLast) after = rows.at(-1)!.id;
    }
  }
}
