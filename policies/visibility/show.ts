import type { AuthorFacts } from '#contracts/model/account.ts';
import type { PostHead, ShownPost } from '#contracts/model/post.ts';
import { maySeePost, type Viewer } from './visibility.ts';

/** The question to ask about each post: {@link maySeePost} where it was asked for by name, `mayListPost` where it was not. */
export type Rule = (viewer: Viewer | null, head: PostHead, facts: AuthorFacts) => boolean;

/** Whose facts have to be known to show these posts: each author once. */
export function authorsOf(heads: Iterable<PostHead | undefined>): string[] {
  const ids = new Set<string>();
  for (const head of heads) if (head !== undefined) ids.add(head.authorId);
  return [...ids];
}

/** What the reposts among these posts point at: each target once. */
export function targetsOf(heads: Iterable<PostHead | undefined>): string[] {
  const ids = new Set<string>();
  for (const head of heads) if (head !== undefined && head.repostOfId !== null) ids.add(head.repostOfId);
  return [...ids];
}

/**
 * One post as `viewer` may have it, or undefined. A repost is shown with its target or not at all: whoever may not see what was reposted, or comes
 * when it is deleted, sees nothing. Facts that are missing count as a deleted author.
 */
export function showPost(
  viewer: Viewer | null,
  head: PostHead,
  target: PostHead | undefined,
  facts: ReadonlyMap<string, AuthorFacts>,
  rule: Rule = maySeePost,
): ShownPost | undefined {
  if (!passes(viewer, head, facts, rule)) return undefined;
  if (head.kind === 'post') return { head };
  if (target === undefined || !passes(viewer, target, facts, rule)) return undefined;
  return { head, target };
}

/** The posts that may be shown, in the order given. `targets` holds the heads of what the reposts among them point at. */
export function showPosts(
  viewer: Viewer | null,
  heads: readonly PostHead[],
  targets: ReadonlyMap<string, PostHead>,
  facts: ReadonlyMap<string, AuthorFacts>,
  rule: Rule = maySeePost,
): ShownPost[] {
  const shown: ShownPost[] = [];
  for (const head of heads) {
    const target = head.repostOfId === null ? undefined : targets.get(head.repostOfId);
    const post = showPost(viewer, head, target, facts, rule);
    if (post !== undefined) shown.push(post);
  }
  return shown;
}

function passes(viewer: Viewer | null, head: PostHead, facts: ReadonlyMap<string, AuthorFacts>, rule: Rule): boolean {
  const author = facts.get(head.authorId);
  return author !== undefined && rule(viewer, head, author);
}
