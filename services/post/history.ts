import type { Media, PostHead, PostRevision } from '#contracts/model/post.ts';
import type { CallContext } from '#platform/calls/context.ts';
import { notFound } from '#platform/errors/errors.ts';
import { maySeeRevision } from '#policies/visibility/visibility.ts';
import { MAX_RANGE_ROWS, type WideColumn } from '#ports/wide-column/port.ts';
import type { PostMedia } from './media-port.ts';
import { type ShownPosts, viewerOf } from './shown.ts';
import type { StoredBody } from './store/bodies.ts';
import type { PollStore } from './store/poll-store.ts';
import type { PostStore } from './store/post-store.ts';
import { POST_HISTORY } from './store/tables.ts';

export interface HistoryTools {
  readonly wide: WideColumn;
  readonly posts: PostStore;
  readonly shown: ShownPosts;
  readonly polls: PollStore;
  readonly media: PostMedia;
}

interface Revision {
  readonly body: StoredBody;
  readonly pollOptions: readonly string[] | null;
  readonly createdMs: number;
}

/** What a post ever said, oldest first, as far as the caller may see it. */
export async function getHistory(
  tools: HistoryTools,
  postId: string,
  context: CallContext,
): Promise<{ revisions: PostRevision[] }> {
  const { wide, shown, media } = tools;
  const head = await shown.original(postId, context);
  const rows = await wide.range(POST_HISTORY, { post_id: head.id }, { limit: MAX_RANGE_ROWS });
  const all: Revision[] =
    rows.length === 0
      ? [await onlyRevision(tools, head.id, head.createdMs)]
      : rows.map(({ body, poll_options, created_ms }) => ({ body, pollOptions: poll_options, createdMs: created_ms }));
  const revisions = await ofViewer(all, head, shown, context);
  const ids = new Set(revisions.flatMap(({ body }) => body.mediaIds));
  const known = new Map<string, Media>();
  if (ids.size > 0) for (const one of await media.of([...ids])) known.set(one.id, one);
  return { revisions: revisions.map((revision) => presented(revision, known)) };
}

async function ofViewer(revisions: readonly Revision[], head: PostHead, shown: ShownPosts, context: CallContext) {
  const facts = (await shown.facts([head.authorId], context)).get(head.authorId);
  if (facts === undefined) throw notFound();
  const viewer = viewerOf(context);
  return revisions.filter(({ body }) => {
    const mentionedIds = body.mentions.map(({ accountId }) => accountId);
    return maySeeRevision(viewer, head, facts, mentionedIds);
  });
}

async function onlyRevision({ posts, polls }: HistoryTools, postId: string, createdMs: number): Promise<Revision> {
  const row = await posts.body(postId);
  if (row === undefined) throw notFound();
  const [poll] = row.body.hasPoll ? await polls.many([postId]) : [];
  return { body: row.body, pollOptions: poll?.options.map(({ title }) => title) ?? null, createdMs };
}

function presented({ body, pollOptions, createdMs }: Revision, media: ReadonlyMap<string, Media>): PostRevision {
  return {
    text: body.text,
    contentWarning: body.contentWarning,
    sensitive: body.sensitive,
    mentions: [...body.mentions],
    tags: [...body.tags],
    media: body.mediaIds.map((id) => media.get(id)).filter((one) => one !== undefined),
    pollOptions: pollOptions === null ? null : [...pollOptions],
    createdMs,
  };
}
