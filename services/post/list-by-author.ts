import type { Cursors, Page } from '#contracts/model/common.ts';
import type { ShownPost } from '#contracts/model/post.ts';
import type { CallContext } from '#platform/calls/context.ts';
import { notFound } from '#platform/errors/errors.ts';
import { tagName } from '#policies/text/entities.ts';
import { maySeeAccount } from '#policies/visibility/visibility.ts';
import { type ShownPosts, viewerOf } from './shown.ts';
import type { AuthorListing, Listed } from './store/author-listing.ts';
import type { PinStore } from './store/pin-store.ts';
import type { PostStore } from './store/post-store.ts';
import { type Entry, fillPage } from './walk.ts';

export interface AuthorListQuery {
  readonly accountId: string;
  readonly page: Page;
  readonly onlyMedia: boolean;
  readonly excludeReplies: boolean;
  readonly excludeReposts: boolean;
  readonly pinned: boolean;
  readonly tag?: string;
}

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

  const { items, cursors } = await fillPage(entries(tools, query, context), page);
  return { posts: items, cursors };
}

async function* entries(
  tools: AuthorListTools,
  query: AuthorListQuery,
  context: CallContext,
): AsyncGenerator<Entry<ShownPost>[]> {
  for await (const rows of candidates(tools, query)) {
    const wanted = rows.filter((row) => fits(row, query)).map(({ head }) => head);
    const visible = new Map((await tools.shown.ofHeads(wanted, context)).map((post) => [post.head.id, post]));
    yield rows.map(({ head }) => ({ cursor: head.id, item: visible.get(head.id) }));
  }
}

async function* candidates(
  { listing, posts }: AuthorListTools,
  { accountId, page, tag }: AuthorListQuery,
): AsyncGenerator<Listed[]> {
  const walk = { maxId: page.maxId, sinceId: page.minId ?? page.sinceId, oldestFirst: page.minId !== undefined };
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

async function listPinned(
  { posts, pins, shown }: AuthorListTools,
  { accountId, page }: AuthorListQuery,
  context: CallContext,
): Promise<{ posts: ShownPost[]; cursors: Cursors }> {
  const ids = (await pins.of(accountId)).slice(0, page.limit);
  const pinned = (await posts.heads(ids)).filter((head) => head !== undefined);
  return { posts: await shown.ofHeads(pinned, context), cursors: {} };
}
