import type { UserService } from '#contracts/services/user.ts';
import { recordable } from '#platform/remembering/recording.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import type { UserParts } from '../parts.ts';
import { readFollowerIds, readFollowingIds } from '../store/edges.ts';

type FactOperations = Pick<UserService, 'visibilityFacts' | 'followerIds' | 'followingIds'>;

/** What other services decide by. Strongly consistent: everything here is read from the primary. */
export function factOperations({ relational, facts }: UserParts): FactOperations {
  return {
    visibilityFacts: recordable(({ viewerId, authorIds }) => facts(viewerId, authorIds)),
    async followerIds({ accountId, after, limit }) {
      return { followers: await readFollowerIds(relational, accountId, after, limit) };
    },
    followingIds: recordable(async ({ accountId }) => ({
      following: await readFollowingIds(relational, accountId, LIMITS.followsHard),
    })),
  };
}
