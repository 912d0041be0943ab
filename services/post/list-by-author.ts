import type { Cursors, Page } from '#contracts/model/common.ts';
import type { PostHead, ShownPost } from '#contracts/model/post.ts';
import type { CallContext } from '#platform/calls/context.ts';
import { notFound } from '#platform/errors/errors.ts';
import { tagName } from '#policies/text/entities.ts';
import { maySeeAccount } from '#policies/visibility/visibility.ts';
import { type ShownPosts, viewerOf } from './shown.ts';
import type { AuthorListing, Listed } from './store/author-listing.ts';
import type { PinStore } from './store/pin-store.ts';
import type { PostStore } from './store/post-store.ts';

export interface AuthorListQuery {
  readonly accountId: string;
  readonly page: Page;
  readonly onlyMedia: boolean;
  readonly excludeReplies: boolean;
  readonly excludeReposts: boolean;
  readonly pinned: boolean;
  readonly tag?: string;
}

/** Rows looked through for one page. A page may come short of its limit, even empty, and still name where the next begins. */
const MAX_SCANNED = 1_000;

export interface AuthorListTools {
  readonly posts: PostStore;
  readonly listing: AuthorListing;
  readonly pins: PinStore;
  readonly shown: ShownPosts;
}

/** The posts of one author that the caller may see. */
export async function listByAuthor(
  tools: AuthorListTools,
  query: AuthorListQuery,
  context: CallContext,
): Promise<{ posts: ShownPost[]; cursors: Cursors }> {
  const { shown } = tools;
  const { accountId, page } = query;
  const facts = (await shown.facts([accountId], context)).get(accountId);
  if (facts === undefined || !maySeeAccount(viewerOf(context), facts)) throw notFound();
  // Whoever is blocked finds the profile without posts.
  if (facts.blockedBy || facts.blocking) return { posts: [], cursors: {} };
  if (query.pinned) return listPinned(tools, query, context);

  const oldestFirst = page.minId !== undefined;
  const posts: ShownPost[] = [];
  let scanned = 0;
  let lastId: string | undefined;
  let exhausted = true;
  scan: for await (const rows of candidates(tools, query, oldestFirst)) {
    const wanted = rows.filter((row) => fits(row, query));
    const visible = new Map((await shown.ofHeads(heads(wanted), context)).map((post) => [post.head.id, post]));
    for (const { head } of rows) {
      if (posts.length === page.limit || scanned === MAX_SCANNED) {
        exhausted = false;
        break scan;
      }
      scanned++;
      lastId = head.id;
      const post = visible.get(head.id);
      if (post !== undefined) posts.push(post);
    }
  }
  return {
    posts: oldestFirst ? posts.reverse() : posts,
    cursors: cursorsOf(posts, page, oldestFirst, lastId, exhausted),
  };
}

/** Entries towards either end of the walk may follow: the ends of what was looked at are the cursors. */
function cursorsOf(
  posts: readonly ShownPost[],
  page: Page,
  oldestFirst: boolean,
  lastId: string | undefined,
  exhausted: boolean,
): Cursors {
  const newest = posts[0]?.head.id ?? (oldestFirst && !exhausted ? lastId : undefined);
  const oldest = posts.at(-1)?.head.id;
  const olderThan = oldestFirst ? (oldest ?? undefined) : exhausted ? undefined : lastId;
  const newerThan = oldestFirst && !exhausted ? lastId : (newest ?? page.minId ?? page.sinceId);
  return {
    ...(olderThan === undefined ? {} : { olderThan }),
    ...(newerThan === undefined ? {} : { newerThan }),
  };
}

async function* candidates(
  { listing, posts }: AuthorListTools,
  { accountId, page, tag }: AuthorListQuery,
  oldestFirst: boolean,
): AsyncGenerator<Listed[]> {
  const walk = { maxId: page.maxId, sinceId: page.minId ?? page.sinceId, oldestFirst };
  // One more than asked for shows whether there is a next page.
  const pageSize = page.limit + 1;
  if (tag === undefined) {
    yield* listing.pages(accountId, walk, pageSize);
    return;
  }
  for await (const rows of listing.taggedPages(accountId, tagName(tag), walk, pageSize)) {
    const found = await posts.heads(rows.map(({ id }) => id));
    yield found.flatMap((head, i) => (head === undefined ? [] : [{ head, hasMedia: rows[i]!.has_media }]));
  }
}

function fits({ head, hasMedia }: Listed, query: AuthorListQuery): boolean {
  if (query.onlyMedia && !hasMedia) return false;
  if (query.excludeReposts && head.kind === 'repost') return false;
  // Replies to oneself continue what one said: as Mastodon.
  return !(query.excludeReplies && head.replyToId !== null && head.replyToAuthorId !== head.authorId);
}

function heads(rows: readonly Listed[]): PostHead[] {
  return rows.map(({ head }) => head);
}

async function listPinned(
  { posts, pins, shown }: AuthorListTools,
  { accountId, page }: AuthorListQuery,
  context: CallContext,
): Promise<{ posts: ShownPost[]; cursors: Cursors }> {
  const ids = (await pins.of(accountId)).slice(0, page.limit);
  const pinned = (await posts.heads(ids)).filter((head) => head !== undefined);
  return { posts: await shown.ofHeads(pinned, context), cursors: {} };
}
