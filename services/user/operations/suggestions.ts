import type { Account } from '#contracts/model/account.ts';
import type { UserService } from '#contracts/services/user.ts';
import { maySeeAccount } from '#policies/visibility/visibility.ts';
import { requireAccount, type UserParts } from '../parts.ts';
import { dismiss } from '../scripts/dismiss.ts';
import { Generations } from '../store/generations.ts';
import { dismissedBy, latestFollowed, mostFollowed } from '../store/graph.ts';
import { readPairs } from '../store/pairs.ts';

type SuggestionOperations = Pick<UserService, 'suggestions' | 'dismissSuggestion'>;
type Source = 'friends_of_friends' | 'most_followed';
interface Candidate {
  readonly id: string;
  readonly source: Source;
}

/** Of whom the friends are looked at, and how many of each: 1,200 edges, some two milliseconds. */
const FRIENDS = 30;
const FRIENDS_OF_EACH = 40;
const MOST_FOLLOWED = 100;
const MAX_CANDIDATES = 240;
const LOOKED_AT = 60;
const MAX_DISMISSED = 1_000;
/** The graph moves slowly; what the caller did since is taken off at each answer. */
const KEPT_MS = 10 * 60_000;
const CALLERS_PER_GENERATION = 2_000;

/** People whom the caller may want to follow: only those who let themselves be found. */
export function suggestionOperations(parts: UserParts): SuggestionOperations {
  const { relational, accounts, facts, change } = parts;
  const candidatesOf = keptCandidates(parts);

  return {
    async suggestions({ limit }, context) {
      const viewerId = requireAccount(context);
      const dismissed = await dismissedBy(relational, viewerId, MAX_DISMISSED);
      const candidates = (await candidatesOf(viewerId)).filter(({ id }) => id !== viewerId && !dismissed.has(id));
      const suggestions: { account: Account; source: Source }[] = [];
      // Most of the best are wanted, so only as many are looked at as it takes.
      for (let from = 0; from < candidates.length && suggestions.length < limit; from += LOOKED_AT) {
        suggestions.push(...(await suggestible(viewerId, candidates.slice(from, from + LOOKED_AT))));
      }
      return { suggestions: suggestions.slice(0, limit) };
    },
    async dismissSuggestion({ accountId }, context) {
      await change(dismiss, { actorId: requireAccount(context), targetId: accountId });
      return {};
    },
  };

  /** Those of the candidates to whom the caller has no relation and who let themselves be found. */
  async function suggestible(viewerId: string, candidates: readonly Candidate[]) {
    const ids = candidates.map(({ id }) => id);
    const { own } = await readPairs(relational, viewerId, ids);
    const known = await facts(viewerId, ids);
    const wanted = candidates.filter(({ id }, index) => {
      const about = known.facts[index]!;
      const related = about.following || about.blocking || about.blockedBy || about.muting;
      return !related && maySeeAccount({ id: viewerId }, about) && (own.get(id)?.request_id ?? null) === null;
    });
    const byId = new Map((await accounts(wanted.map(({ id }) => id))).map((account) => [account.id, account]));
    return wanted.flatMap(({ id, source }) => {
      const account = byId.get(id);
      return account?.discoverable ? [{ account, source }] : [];
    });
  }
}

type GraphParts = Pick<UserParts, 'relational' | 'clock' | 'accounts'>;

function keptCandidates(parts: GraphParts): (viewerId: string) => Promise<Candidate[]> {
  const { clock } = parts;
  const kept = new Generations<string, { readonly sinceMs: number } & Candidates>(CALLERS_PER_GENERATION);
  return async (viewerId) => {
    const nowMs = clock.monotonic();
    const known = kept.get(viewerId);
    if (known !== undefined && nowMs - known.sinceMs < KEPT_MS) {
      // Whoever hides whom they know is no source from that moment on.
      const still = await openAbout(known.friends, parts);
      if (still.length === known.friends.length) return known.candidates;
    }
    const found = await findCandidates(viewerId, parts);
    kept.set(viewerId, { sinceMs: nowMs, ...found });
    return found.candidates;
  };
}

interface Candidates {
  /** Those of the caller's friends whose own friends were looked at. */
  readonly friends: readonly string[];
  readonly candidates: Candidate[];
}

/** Those of the accounts that let everybody see whom they know: a suggestion tells whom the caller's friends follow. */
async function openAbout(ids: readonly string[], { accounts }: GraphParts): Promise<string[]> {
  return (await accounts(ids)).flatMap((account) => (account.hideCollections ? [] : [account.id]));
}

/** Best first: whom most of the caller's friends follow, then the most followed of all. */
async function findCandidates(viewerId: string, parts: GraphParts): Promise<Candidates> {
  const { relational } = parts;
  const times = new Map<string, number>();
  const followed = await latestFollowed(relational, viewerId, FRIENDS);
  const friends = await openAbout(followed, parts);
  for (const friend of friends) {
    for (const id of await latestFollowed(relational, friend, FRIENDS_OF_EACH)) times.set(id, (times.get(id) ?? 0) + 1);
  }
  const ofFriends = [...times]
    .sort(([a, timesA], [b, timesB]) => timesB - timesA || (a < b ? -1 : 1))
    .map(([id]): Candidate => ({ id, source: 'friends_of_friends' }));
  const known = new Set([...ofFriends.slice(0, MAX_CANDIDATES).map(({ id }) => id), ...followed]);
  const others = (await mostFollowed(relational, MOST_FOLLOWED))
    .filter((id) => !known.has(id))
    .map((id): Candidate => ({ id, source: 'most_followed' }));
  return { friends, candidates: [...ofFriends.slice(0, MAX_CANDIDATES), ...others] };
}
