import type { Account } from '#contracts/model/account.ts';
import type { UserService } from '#contracts/services/user.ts';
import { accountOf } from '#platform/calls/context.ts';
import { maySeeAccount } from '#policies/visibility/visibility.ts';
import { strangerFacts } from '../facts.ts';
import { typedUsernameKey } from '../names/username.ts';
import { searchWords, wordsOf } from '../names/words.ts';
import type { UserParts } from '../parts.ts';
import { readCounts } from '../store/counts.ts';
import { readOwners } from '../store/names.ts';
import { accountsByWord, followedByWord } from '../store/search.ts';

/**
 * Finds people by the beginning of their username or of words of their display name. An exact username is found always; by beginnings only
 * those who let themselves be found, and those whom the caller follows. Order: the exact name, the followed, then by followers.
 */
export function searchOperation({ relational, accounts }: UserParts): UserService['search'] {
  return async ({ text, followingOnly, offset, limit }, context) => {
    const viewerId = accountOf(context);
    const words = wordsOf(text);
    const longest = words.reduce((best, word) => (word.length > best.length ? word : best), '');
    if (longest === '' || (followingOnly && viewerId === undefined)) return { accounts: [] };
    const exact = [...(await readOwners(relational, [typedUsernameKey(text)])).values()];
    const followed = viewerId === undefined ? [] : await followedByWord(relational, viewerId, longest);
    const others = followingOnly ? [] : await accountsByWord(relational, longest);

    const followedIds = new Set(followed);
    const exactIds = new Set(followingOnly ? exact.filter((id) => followedIds.has(id)) : exact);
    const found = (await accounts([...new Set([...exactIds, ...followed, ...others])])).filter((account) => {
      if (!maySeeAccount(viewerId === undefined ? null : { id: viewerId }, strangerFacts(account.id, account.state))) {
        return false;
      }
      if (exactIds.has(account.id)) return true;
      const findable = account.discoverable || followedIds.has(account.id) || account.id === viewerId;
      return findable && hasAll(account, words);
    });
    const rank = (account: Account) => (exactIds.has(account.id) ? 2 : followedIds.has(account.id) ? 1 : 0);
    const followers = await followerNumbers(found.map((account) => account.id));
    found.sort(
      (a, b) =>
        rank(b) - rank(a) ||
        (followers.get(b.id) ?? 0) - (followers.get(a.id) ?? 0) ||
        (a.username < b.username ? -1 : 1),
    );
    return { accounts: found.slice(offset, offset + limit) };
  };

  async function followerNumbers(ids: readonly string[]): Promise<Map<string, number>> {
    const numbers = new Map<string, number>();
    for (let from = 0; from < ids.length; from += 500) {
      for (const { id, followers } of await readCounts(relational, ids.slice(from, from + 500)))
        numbers.set(id, followers);
    }
    return numbers;
  }
}

/** Whether each word begins one of the account's. */
function hasAll(account: Account, words: readonly string[]): boolean {
  const own = searchWords(account.username, account.displayName);
  return words.every((word) => own.some((candidate) => candidate.startsWith(word)));
}
