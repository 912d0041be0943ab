import { wideTable } from '#ports/wide-column/table.ts';

/** What decides who may see a post, without what it says: a timeline reads forty of these, and each is small. */
const HEAD_COLUMNS = {
  author_id: 'id',
  kind: 'text',
  visibility: 'text',
  state: 'text',
  revision: 'int',
  created_ms: 'int',
  reply_to_id: 'id?',
  reply_to_author_id: 'id?',
  repost_of_id: 'id?',
  repost_of_author_id: 'id?',
  thread_id: 'id',
  language: 'text?',
  /** Null for none: most posts mention nobody, and parsing "[]" forty times is not free. */
  mentioned_ids: 'json?',
} as const;

export const POST_HEAD = wideTable({
  name: 'post_head',
  tier: 'core',
  partition: { id: 'id' },
  clustering: {},
  columns: HEAD_COLUMNS,
});

/** What a post says (`StoredBody`). Reposts have none. */
export const POST_BODY = wideTable({
  name: 'post_body',
  tier: 'core',
  partition: { id: 'id' },
  clustering: {},
  columns: { revision: 'int', body: 'json' },
});

/** Every revision of a post that was edited, the first included. A post that was never edited has no rows here. */
export const POST_HISTORY = wideTable({
  name: 'post_history',
  tier: 'core',
  partition: { post_id: 'id' },
  clustering: { revision: { type: 'int', order: 'asc' } },
  columns: { body: 'json', poll_options: 'json?', created_ms: 'int' },
});

/** Whole heads, so that a profile and the feed's pull read one range and nothing else. */
export const POST_BY_AUTHOR = wideTable({
  name: 'post_by_author',
  tier: 'core',
  partition: { author_id: 'id', bucket: 'int' },
  clustering: { id: { type: 'id', order: 'desc' } },
  columns: {
    kind: HEAD_COLUMNS.kind,
    visibility: HEAD_COLUMNS.visibility,
    state: HEAD_COLUMNS.state,
    revision: HEAD_COLUMNS.revision,
    created_ms: HEAD_COLUMNS.created_ms,
    reply_to_id: HEAD_COLUMNS.reply_to_id,
    reply_to_author_id: HEAD_COLUMNS.reply_to_author_id,
    repost_of_id: HEAD_COLUMNS.repost_of_id,
    repost_of_author_id: HEAD_COLUMNS.repost_of_author_id,
    thread_id: HEAD_COLUMNS.thread_id,
    language: HEAD_COLUMNS.language,
    mentioned_ids: HEAD_COLUMNS.mentioned_ids,
    has_media: 'boolean',
  },
});

/** The buckets of `post_by_author` that exist. */
export const AUTHOR_BUCKET = wideTable({
  name: 'post_author_bucket',
  tier: 'core',
  partition: { author_id: 'id' },
  clustering: { bucket: { type: 'int', order: 'desc' } },
  columns: {},
});

/** Posts of an author with a hashtag. */
export const POST_BY_AUTHOR_TAG = wideTable({
  name: 'post_by_author_tag',
  tier: 'core',
  partition: { author_id: 'id', tag: 'text' },
  clustering: { id: { type: 'id', order: 'desc' } },
  columns: { visibility: 'text', has_media: 'boolean' },
});

/** Replies of a whole thread, in order of id: a reply's id is larger than its parent's, so one pass from a post on meets parents before children. */
export const REPLY = wideTable({
  name: 'post_reply',
  tier: 'core',
  partition: { thread_id: 'id' },
  clustering: { id: { type: 'id', order: 'asc' } },
  columns: { parent_id: 'id', author_id: 'id' },
});

/**
 * What one person did with one post: likes, reposts, bookmarks it, mutes its thread. Bucketed by the time of the post, so that what a viewer did with
 * the posts of one timeline page lies in one short range. `since` is the revision at which the deed began.
 */
export const DEED = wideTable({
  name: 'post_deed',
  tier: 'core',
  partition: { actor_id: 'id', bucket: 'int' },
  clustering: { post_id: { type: 'id', order: 'desc' }, kind: { type: 'text', order: 'asc' } },
  columns: { active: 'boolean', revision: 'int', since: 'int', repost_id: 'id?' },
});

/** Deeds by time, for the lists of what one liked or bookmarked. Bucketed by the time of the deed. A row counts only while its deed says the same `since`. */
export const DEED_LIST = wideTable({
  name: 'post_deed_list',
  tier: 'core',
  partition: { actor_id: 'id', kind: 'text', bucket: 'int' },
  clustering: { since: { type: 'int', order: 'desc' }, post_id: { type: 'id', order: 'desc' } },
  columns: {},
});

/** The buckets of `post_deed_list` that exist. */
export const DEED_BUCKET = wideTable({
  name: 'post_deed_bucket',
  tier: 'core',
  partition: { actor_id: 'id', kind: 'text' },
  clustering: { bucket: { type: 'int', order: 'desc' } },
  columns: {},
});

/** Who liked or reposted a post: the same deeds from the side of the post, spread over shards because one post may have millions. */
export const REACTOR = wideTable({
  name: 'post_reactor',
  tier: 'core',
  partition: { post_id: 'id', kind: 'text', shard: 'int' },
  clustering: { actor_id: { type: 'id', order: 'desc' } },
  columns: { active: 'boolean', revision: 'int', repost_id: 'id?' },
});

/** `position` is one more than the offset of the last reaction event that is counted here: the row's version. */
export const POST_COUNTS = wideTable({
  name: 'post_counts',
  tier: 'derived',
  partition: { post_id: 'id' },
  clustering: {},
  columns: { likes: 'int', reposts: 'int', replies: 'int', position: 'int' },
});

/** What the counts know of each reaction: the dedupe row of the counting consumer. `source_id` is the actor, or the reply. */
export const COUNTED = wideTable({
  name: 'post_counted',
  tier: 'derived',
  partition: { post_id: 'id', kind: 'text', shard: 'int' },
  clustering: { source_id: { type: 'id', order: 'asc' } },
  columns: { active: 'boolean', revision: 'int', position: 'int' },
});

export const POST_TABLES = [
  POST_HEAD,
  POST_BODY,
  POST_HISTORY,
  POST_BY_AUTHOR,
  AUTHOR_BUCKET,
  POST_BY_AUTHOR_TAG,
  REPLY,
  DEED,
  DEED_LIST,
  DEED_BUCKET,
  REACTOR,
  POST_COUNTS,
  COUNTED,
] as const;

/** Partitions that the reactions to one post are spread over. Fixed for ever: changing it would lose what is stored. */
export const REACTION_SHARDS = 8;

export function shardOf(id: string): number {
  // The low bits of an id are a sequence number, mostly 0: fold all digits in.
  let hash = 0;
  for (let i = 0; i < id.length; i++) hash = (hash * 31 + id.charCodeAt(i)) | 0;
  return (hash >>> 0) % REACTION_SHARDS;
}
