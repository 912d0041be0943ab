import type { PostCounts, ViewerState } from '#contracts/model/post.ts';
import { accountOf, type CallContext } from '#platform/calls/context.ts';
import { requireAccount } from './caller.ts';
import type { CountStore, OwnDeeds } from './store/count-store.ts';
import type { DeedStore } from './store/deed-store.ts';
import type { PinStore } from './store/pin-store.ts';
import type { PostStore } from './store/post-store.ts';
import type { RecentCounts } from './store/recent-counts.ts';

export interface ViewerTools {
  readonly posts: PostStore;
  readonly deeds: DeedStore;
  readonly counts: CountStore;
  readonly recentCounts: RecentCounts;
  readonly pins: PinStore;
}

/** Numbers for posts that the caller was shown. */
export async function getCounts(
  { counts, recentCounts, deeds }: ViewerTools,
  ids: readonly string[],
  context: CallContext,
): Promise<{ counts: PostCounts[] }> {
  const actorId = accountOf(context);
  const rows = await (actorId === undefined ? recentCounts : counts).rows(ids);
  const answers = rows.map(({ likes, reposts, replies }, i) => ({ id: ids[i]!, likes, reposts, replies }));
  if (actorId === undefined) return { counts: answers };
  const own: OwnDeeds[] = [];
  for (const [postId, { like, repost }] of await deeds.of(actorId, ids)) {
    const counted = [like, repost].filter((deed) => deed !== undefined);
    if (counted.length > 0) own.push({ postId, deeds: counted });
  }
  if (own.length === 0) return { counts: answers };
  const mended = new Map((await counts.withOwn(actorId, own)).map((answer) => [answer.id, answer]));
  return { counts: answers.map((answer) => mended.get(answer.id) ?? answer) };
}

/** What the caller did with posts. */
export async function getViewerStates(
  { posts, deeds, pins }: ViewerTools,
  ids: readonly string[],
  context: CallContext,
): Promise<{ states: ViewerState[] }> {
  const actorId = requireAccount(context);
  const heads = await posts.heads(ids);
  const subjects = new Set(ids);
  for (const head of heads) if (head !== undefined) subjects.add(head.threadId);
  const own = await deeds.of(actorId, [...subjects]);
  const pinned = heads.some((head) => head?.authorId === actorId) ? await pins.of(actorId) : [];
  return {
    states: ids.map((id, i) => {
      const here = own.get(id);
      return {
        id,
        liked: here?.like?.active === true,
        reposted: here?.repost?.active === true,
        bookmarked: here?.bookmark?.active === true,
        threadMuted: own.get(heads[i]?.threadId ?? id)?.mute?.active === true,
        pinned: heads[i] !== undefined && pinned.includes(id),
      };
    }),
  };
}
