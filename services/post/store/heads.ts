import type { PostHead } from '#contracts/model/post.ts';
import type { RowOf } from '#ports/wide-column/table.ts';
import type { POST_BY_AUTHOR, POST_HEAD } from './tables.ts';

type HeadRow = RowOf<typeof POST_HEAD> | Omit<RowOf<typeof POST_BY_AUTHOR>, 'bucket' | 'has_media'>;

const NOBODY: readonly string[] = Object.freeze([]);

export function headOf(row: HeadRow): PostHead {
  return {
    id: row.id,
    authorId: row.author_id,
    kind: row.kind as PostHead['kind'],
    visibility: row.visibility as PostHead['visibility'],
    state: row.state as PostHead['state'],
    version: row.revision,
    createdMs: row.created_ms,
    replyToId: row.reply_to_id,
    replyToAuthorId: row.reply_to_author_id,
    repostOfId: row.repost_of_id,
    repostOfAuthorId: row.repost_of_author_id,
    threadId: row.thread_id,
    language: row.language,
    mentionedIds: row.mentioned_ids ?? (NOBODY as string[]),
  };
}

/** The columns that the head's own table and the author's listing share. */
export function headColumns(head: PostHead) {
  return {
    kind: head.kind,
    visibility: head.visibility,
    state: head.state,
    revision: head.version,
    created_ms: head.createdMs,
    reply_to_id: head.replyToId,
    reply_to_author_id: head.replyToAuthorId,
    repost_of_id: head.repostOfId,
    repost_of_author_id: head.repostOfAuthorId,
    thread_id: head.threadId,
    language: head.language,
    mentioned_ids: head.mentionedIds.length === 0 ? null : head.mentionedIds,
  };
}
