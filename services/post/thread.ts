import type { PostHead, ShownPost } from '#contracts/model/post.ts';
import { accountOf, type CallContext } from '#platform/calls/context.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import { mayListPost } from '#policies/visibility/visibility.ts';
import { MAX_RANGE_ROWS, type WideColumn } from '#ports/wide-column/port.ts';
import type { ShownPosts } from './shown.ts';
import type { PostStore } from './store/post-store.ts';
import { REPLY } from './store/tables.ts';

export interface ThreadTools {
  readonly wide: WideColumn;
  readonly posts: PostStore;
  readonly shown: ShownPosts;
}

/** Replies of a thread that are looked at for one answer; a longer thread is cut there. */
const MAX_ROWS = 10_000;
const MAX_ROWS_ANONYMOUS = 1_000;

/**
 * What a post answers and what answers it. Whoever the caller may not see or has muted is left out; what others said below stays.
 * A deleted post ends the line of ancestors, and what was said below it hangs no longer on the thread: as Mastodon.
 */
export async function getThread(
  tools: ThreadTools,
  postId: string,
  context: CallContext,
): Promise<{ ancestors: ShownPost[]; descendants: ShownPost[] }> {
  const { shown } = tools;
  const head = await shown.original(postId, context);
  const signedIn = accountOf(context) !== undefined;
  const above = await ancestorsOf(
    tools.posts,
    head,
    signedIn ? LIMITS.threadAncestors : LIMITS.threadAncestorsAnonymous,
  );
  const below = await descendantsOf(
    tools.wide,
    head,
    signedIn ? LIMITS.threadDescendants : LIMITS.threadDescendantsAnonymous,
    signedIn ? MAX_ROWS : MAX_ROWS_ANONYMOUS,
  );
  const [ancestors, descendants] = await Promise.all([
    shown.ofHeads(above, context, mayListPost),
    shown.many(below, context, mayListPost),
  ]);
  return { ancestors, descendants };
}

/** Oldest first. */
async function ancestorsOf(posts: PostStore, head: PostHead, limit: number): Promise<PostHead[]> {
  const line: PostHead[] = [];
  let parentId = head.replyToId;
  while (parentId !== null && line.length < limit) {
    const parent = await posts.head(parentId);
    if (parent === undefined) break;
    line.push(parent);
    parentId = parent.replyToId;
  }
  return line.reverse();
}

interface Node {
  readonly id: string;
  readonly authorId: string;
}

/** Ids in reading order: each reply followed by its own replies. Where an author goes on below their own post, that comes first. */
async function descendantsOf(wide: WideColumn, head: PostHead, limit: number, maxRows: number): Promise<string[]> {
  const children = new Map<string, Node[]>([[head.id, []]]);
  let after = head.id;
  for (let looked = 0; looked < maxRows; ) {
    const rows = await wide.range(REPLY, { thread_id: head.threadId }, { gt: after, limit: MAX_RANGE_ROWS });
    // A reply's id is larger than its parent's, so a parent below this post has been met already.
    for (const { id, parent_id, author_id } of rows) {
      const siblings = children.get(parent_id);
      if (siblings === undefined) continue;
      siblings.push({ id, authorId: author_id });
      children.set(id, []);
    }
    if (rows.length < MAX_RANGE_ROWS) break;
    looked += rows.length;
    after = rows.at(-1)!.id;
  }

  const order: string[] = [];
  const stack: Node[] = [{ id: head.id, authorId: head.authorId }];
  while (stack.length > 0 && order.length <= limit) {
    const node = stack.pop()!;
    if (node.id !== head.id) order.push(node.id);
    const below = children.get(node.id)!;
    const own = below.filter(({ authorId }) => authorId === node.authorId);
    const others = below.filter(({ authorId }) => authorId !== node.authorId);
    stack.push(...others.reverse(), ...own.reverse());
  }
  return order.slice(0, limit);
}
