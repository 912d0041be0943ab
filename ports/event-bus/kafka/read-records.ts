import { type fetchV17, IS_CONTROL, IS_TRANSACTIONAL } from '@platformatic/kafka';
import type { IncomingEvent } from '#ports/event-bus/port.ts';
import { eventOf, type ReadRecord } from './records.ts';

export type FetchedPartition = Awaited<
  ReturnType<typeof fetchV17.api.async>
>['responses'][number]['partitions'][number];

const ABORT = 0;

/** The events from `from` on, and where to go on. Left out are markers and what was written in transactions that were taken back. */
export function readRecords(
  topic: string,
  fetched: FetchedPartition,
  from: bigint,
): { events: IncomingEvent[]; next: bigint } {
  const events: IncomingEvent[] = [];
  let next = from;
  const aborted = [...(fetched.abortedTransactions ?? [])].sort((a, b) => Number(a.firstOffset - b.firstOffset));
  const open = new Set<bigint>();
  for (const batch of fetched.records ?? []) {
    const end = batch.firstOffset + BigInt(batch.lastOffsetDelta) + 1n;
    while (aborted[0] !== undefined && aborted[0].firstOffset <= batch.firstOffset)
      open.add(aborted.shift()!.producerId);
    const control = (batch.attributes & IS_CONTROL) !== 0;
    if (control && isAbort(batch.records[0])) open.delete(batch.producerId);
    const takenBack = (batch.attributes & IS_TRANSACTIONAL) !== 0 && open.has(batch.producerId);
    if (!control && !takenBack) {
      for (const record of batch.records) {
        const offset = batch.firstOffset + BigInt(record.offsetDelta);
        if (offset >= from) events.push(eventOf(topic, fetched.partitionIndex, offset, record as ReadRecord));
      }
    }
    if (end > next) next = end;
  }
  return { events, next };
}

/** The key of a marker: version and kind, two bytes each. */
function isAbort(marker: { readonly key?: Buffer | null } | undefined): boolean {
  return marker?.key?.readInt16BE(2) === ABORT;
}
