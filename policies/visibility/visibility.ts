import type { AccountState, AuthorFacts } from '#contracts/model/account.ts';
import type { PostHead } from '#contracts/model/post.ts';

/** Who looks: null is somebody without an account. */
export interface Viewer {
  readonly id: string;
}

const VISIBLE_STATES: ReadonlySet<AccountState> = new Set(['active']);

/** May `viewer` see the account behind `facts` at all: its profile, its name in lists, anything it made? A block by the account does not hide its profile's existence. */
export function maySeeAccount(viewer: Viewer | null, facts: AuthorFacts): boolean {
  return VISIBLE_STATES.has(facts.state) || (viewer !== null && viewer.id === facts.id && facts.state !== 'deleted');
}

/** May `viewer` see this post, whose author is described by `facts`? A repost also needs {@link maySeePost} of its target. */
export function maySeePost(viewer: Viewer | null, head: PostHead, facts: AuthorFacts): boolean {
  if (head.state === 'deleted') return false;
  const own = viewer !== null && viewer.id === head.authorId;
  if (own) return facts.state !== 'deleted';
  if (head.state !== 'live' || !maySeeAccount(viewer, facts)) return false;
  if (facts.blockedBy || facts.blocking) return false;
  if (head.visibility !== 'followers') return true;
  if (viewer === null) return false;
  return facts.following || head.mentionedIds.includes(viewer.id);
}

/**
 * May `viewer`, who may see the post, see a version of it in which `mentionedIds` were mentioned? Somebody who does not follow the author sees a post for followers
 * only because it was said to them: they may have what was said to them, and nothing that was said before they were mentioned or while they were not.
 */
export function maySeeRevision(
  viewer: Viewer | null,
  head: PostHead,
  facts: AuthorFacts,
  mentionedIds: readonly string[],
): boolean {
  if (head.visibility !== 'followers') return true;
  if (viewer === null) return false;
  return viewer.id === head.authorId || facts.following || mentionedIds.includes(viewer.id);
}

/** May the post stand in a timeline that `viewer` did not ask for by name (home, public, hashtag, list, thread of others)? Mutes count here; what they hide can still be opened. */
export function mayListPost(viewer: Viewer | null, head: PostHead, facts: AuthorFacts): boolean {
  return maySeePost(viewer, head, facts) && !facts.muting;
}

/** May anybody on the internet see it, without signing in? Such answers may be cached at an edge, and its media need no signed address. */
export function isOpen(head: PostHead, facts: AuthorFacts): boolean {
  return head.state === 'live' && head.visibility !== 'followers' && VISIBLE_STATES.has(facts.state);
}
