import type { PostBody } from '#contracts/model/post.ts';
import type { UserService } from '#contracts/services/user.ts';
import type { CallContext } from '#platform/calls/context.ts';
import type { ShownPosts } from './shown.ts';

export type Mentions = PostBody['mentions'];

/** Accounts by these usernames, as they are written in their profiles; unknown names are nobody. */
export async function resolveMentions(
  users: Pick<UserService, 'resolveUsernames'>,
  usernames: readonly string[],
  context: CallContext,
): Promise<Mentions> {
  if (usernames.length === 0) return [];
  const { accounts } = await users.resolveUsernames({ usernames: [...usernames] }, context);
  return accounts.filter(({ state }) => state === 'active').map(({ id, username }) => ({ accountId: id, username }));
}

/** Those of the mentioned who get to know, and may see the post for it: not whoever blocks the author, nor the author. */
export async function toldOf(
  mentions: Mentions,
  authorId: string,
  shown: ShownPosts,
  context: CallContext,
): Promise<string[]> {
  const ids = mentions.map(({ accountId }) => accountId).filter((id) => id !== authorId);
  if (ids.length === 0) return [];
  const facts = await shown.facts(ids, context);
  return ids.filter((id) => facts.get(id)?.blockedBy === false);
}
