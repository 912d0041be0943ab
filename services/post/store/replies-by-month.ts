import { tableMigration } from '#platform/migration/definition.ts';
import { MAX_RANGE_ROWS, put } from '#ports/wide-column/port.ts';
import { wideTable } from '#ports/wide-column/table.ts';
import { bucketOf } from './buckets.ts';
import { REPLY } from './tables.ts';

/** Replies of a thread, a month in each partition: a thread that goes on for years stays in pieces that a server handles well. */
export const REPLY_BY_MONTH = wideTable({
  name: 'post_reply_by_month',
  tier: 'core',
  partition: { thread_id: 'id', bucket: 'int' },
  clustering: REPLY.clustering,
  columns: REPLY.columns,
});

/** The buckets of `post_reply_by_month` that exist. */
export const REPLY_BUCKET = wideTable({
  name: 'post_reply_bucket',
  tier: 'core',
  partition: { thread_id: 'id' },
  clustering: { bucket: { type: 'int', order: 'asc' } },
  columns: {},
});

export const repliesByMonth = tableMigration({
  name: 'replies-by-month',
  about: 'Replies of a thread in one partition for each month, not all in one',
  from: REPLY,
  to: REPLY_BY_MONTH,
  beside: [REPLY_BUCKET],
  toKey: ({ thread_id, id }) => ({ thread_id, bucket: bucketOf(id), id }),
  toRow: ({ thread_id, id, parent_id, author_id }) => ({ thread_id, bucket: bucketOf(id), id, parent_id, author_id }),
  fromRow: ({ thread_id, id, parent_id, author_id }) => ({ thread_id, id, parent_id, author_id }),
  // At version 1 for ever: a directory only grows.
  besides: ({ thread_id, bucket }) => [put(REPLY_BUCKET, { thread_id, bucket }, 1)],
  async partitionsOf(wide, { thread_id }, { prefix, gt, gte, lt, lte }) {
    const [first, last] = [prefix?.id ?? gte ?? gt, prefix?.id ?? lte ?? lt];
    const buckets = await wide.range(
      REPLY_BUCKET,
      { thread_id },
      {
        ...(first === undefined ? {} : { gte: bucketOf(String(first)) }),
        ...(last === undefined ? {} : { lte: bucketOf(String(last)) }),
        // Eighty years of months.
        limit: MAX_RANGE_ROWS,
      },
    );
    return buckets.map(({ bucket }) => ({ thread_id, bucket }));
  },
});
