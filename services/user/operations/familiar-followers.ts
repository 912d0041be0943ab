import type { Account } from '#contracts/model/account.ts';
import type { UserService } from '#contracts/services/user.ts';
import { maySeeAccount } from '#policies/visibility/visibility.ts';
import { requireAccount, type UserParts } from '../parts.ts';
import { followedFollowersOf } from '../store/graph.ts';

/** Followed accounts of the caller that are looked through, the latest first. */
const SAMPLE = 1_000;
/** Familiar followers of one account that are told. */
const MAX_SHOWN = 20;

/** Whom the caller follows among the followers of each account. Who hides whom they know has none, and is none. */
export function familiarFollowersOperation(parts: UserParts): UserService['familiarFollowers'] {
  const { relational, accounts, facts } = parts;
  return async ({ ids }, context) => {
    const viewerId = requireAccount(context);
    const viewer = { id: viewerId };
    const unique = [...new Set(ids)];
    const known = await facts(viewerId, unique);
    const open = new Set((await accounts(unique)).filter((account) => !account.hideCollections).map(({ id }) => id));
    const results: { id: string; accounts: Account[] }[] = [];
    for (const [index, id] of unique.entries()) {
      const target = known.facts[index]!;
      if (!maySeeAccount(viewer, target)) continue;
      const hidden = !open.has(id) || target.blockedBy;
      results.push({ id, accounts: hidden ? [] : await familiar(viewerId, id) });
      // Each answer is a join of some hundred rows; others are let through between them.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { results };
  };

  async function familiar(viewerId: string, targetId: string): Promise<Account[]> {
    const ids = await followedFollowersOf(relational, viewerId, targetId, SAMPLE, MAX_SHOWN);
    const known = await facts(viewerId, ids);
    const visible = await accounts(ids.filter((_, index) => maySeeAccount({ id: viewerId }, known.facts[index]!)));
    return visible.filter((account) => !account.hideCollections);
  }
}
