import type { Range, WideColumn } from '#ports/wide-column/port.ts';
import { activeReader, homeEntry } from '#services/feed/store/tables.ts';
import { timelineBucket } from '#services/feed/timelines/tables.ts';
import { COUNTED, DEED_LIST } from '#services/post/store/tables.ts';

const ID = '1';

/** Reads as services do only where a list is long or what they hold in memory is not enough, which no short run brings about. */
export async function readLongLists(wide: WideColumn): Promise<void> {
  const ask = (range: Omit<Range, 'limit'>) => ({ ...range, limit: 1 });
  for (const range of [{}, { gt: ID }]) {
    await wide.range(COUNTED, { post_id: ID, kind: 'like', shard: 0 }, ask(range));
    await wide.range(activeReader, { week: 1, shard: 0 }, ask(range));
  }
  const homes = [
    { gte: ID, lt: ID },
    { gte: ID, lte: ID },
    { gt: ID, lt: ID, reverse: true },
    { gte: ID, lt: ID, reverse: true },
  ];
  for (const range of homes) await wide.range(homeEntry, { reader_id: ID, week: 1 }, ask(range));
  for (const range of [{ lte: 1 }, { lt: 1 }, { gte: 1, reverse: true }, { gt: 1, reverse: true }]) {
    await wide.range(timelineBucket, { timeline: 'public' }, ask(range));
  }
  for (const end of [{}, { lt: 1 }]) {
    for (const range of [end, { ...end, gt: 1 }, { ...end, gt: 1, reverse: true }]) {
      await wide.range(DEED_LIST, { actor_id: ID, kind: 'like', bucket: 1 }, ask(range));
    }
  }
}
