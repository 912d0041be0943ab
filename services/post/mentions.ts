import type { PostBody } from '#contracts/model/post.ts';
import type { UserService } from '#contracts/services/user.ts';
import type { CallContext } from '#platform/calls/context.ts';

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
