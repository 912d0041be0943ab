import { wideTable } from '#ports/wide-column/table.ts';

/**
 * Public posts, by day and shard. These tables stand in core: nothing else keeps what they hold once the log has been trimmed. Rows carry the revision
 * of the post as their version, so an event that comes late or twice changes nothing, and a deletion is final.
 */
export const publicEntry = wideTable({
  name: 'public_entry',
  tier: 'core',
  partition: { kind: 'text', day: 'int', shard: 'int' },
  clustering: { post_id: { type: 'id', order: 'desc' } },
  columns: { author_id: 'id' },
});

/** Public posts of one hashtag, by week, each with all its hashtags. */
export const tagEntry = wideTable({
  name: 'tag_entry',
  tier: 'core',
  partition: { tag: 'text', week: 'int' },
  clustering: { post_id: { type: 'id', order: 'desc' } },
  columns: { author_id: 'id', tags: 'json', media: 'boolean' },
});

/** Which buckets of a timeline exist, and over how many shards each is spread. */
export const timelineBucket = wideTable({
  name: 'timeline_bucket',
  tier: 'core',
  partition: { timeline: 'text' },
  clustering: { bucket: { type: 'int', order: 'desc' } },
  columns: { shards: 'int' },
});

/** The hashtags of a public post now, and all that it ever had: rows of those are cleared when it loses them. */
export const postTags = wideTable({
  name: 'post_tags',
  tier: 'core',
  partition: { post_id: 'id' },
  clustering: {},
  columns: { tags: 'json', ever: 'json' },
});

export const timelineTables = [publicEntry, tagEntry, timelineBucket, postTags] as const;
