import type { Cursors, Page } from '#contracts/model/common.ts';
import type { ShownPost } from '#contracts/model/post.ts';
import type { CallContext } from '#platform/calls/context.ts';
import { requireAccount } from './caller.ts';
import type { ShownPosts } from './shown.ts';
import type { DeedListing } from './store/deed-listing.ts';
import type { DeedStore } from './store/deed-store.ts';
import { type Entry, fillPage } from './walk.ts';

export interface DeedListTools {
  readonly deeds: DeedStore;
  readonly deedListing: DeedListing;
  readonly shown: ShownPosts;
}

/** What the caller liked or bookmarked, latest first, as far as they may still see it. */
export async function listDeeds(
  tools: DeedListTools,
  kind: 'like' | 'bookmark',
  page: Page,
  context: CallContext,
): Promise<{ posts: ShownPost[]; cursors: Cursors }> {
  const actorId = requireAccount(context);
  const { items, cursors } = await fillPage(entries(tools, actorId, kind, page, context), page);
  return { posts: items, cursors };
}

async function* entries(
  { deeds, deedListing, shown }: DeedListTools,
  actorId: string,
  kind: 'like' | 'bookmark',
  page: Page,
  context: CallContext,
): AsyncGenerator<Entry<ShownPost>[]> {
  for await (const rows of deedListing.pages(actorId, kind, page, page.limit + 1)) {
    const ids = rows.map(({ postId }) => postId);
    const own = await deeds.of(actorId, ids);
    const posts = new Map((await shown.many(ids, context)).map((post) => [post.head.id, post]));
    yield rows.map(({ postId, since }) => {
      const deed = own.get(postId)?.[kind];
      // A row of a like that was undone, or done twice at the same time, stands beside the one that counts.
      const stands = deed?.active === true && deed.since === since;
      return { cursor: String(since), item: stands ? posts.get(postId) : undefined };
    });
  }
}
