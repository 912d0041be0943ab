import type { AuthorFacts } from '#contracts/model/account.ts';
import type { Page } from '#contracts/model/common.ts';
import type { UserService } from '#contracts/services/user.ts';
import type { CallContext } from '#platform/calls/context.ts';
import { accountOf } from '#platform/calls/context.ts';
import { notFound } from '#platform/errors/errors.ts';
import { maySeeAccount } from '#policies/visibility/visibility.ts';
import { type AccountList, readPage } from '../pages.ts';
import { requireAccount, type UserParts } from '../parts.ts';
import { blocked, endorsed, followers, following, type ListReader, muted, requests } from '../store/lists.ts';

type ListOperations = Pick<
  UserService,
  'listFollowers' | 'listFollowing' | 'listBlocked' | 'listMuted' | 'listFollowRequests' | 'listEndorsed'
>;

/** Lists of accounts by the ids of their edges. Accounts that the caller may not see are left out. */
export function listOperations(parts: UserParts): ListOperations {
  const { accounts, facts, clock } = parts;

  const ownList = async (read: ListReader, page: Page, context: CallContext) => {
    const viewerId = requireAccount(context);
    return readPage(parts, read, viewerId, page, viewerId, (known) => maySeeAccount({ id: viewerId }, known));
  };

  /** A list of somebody's profile. As in Mastodon, it is empty for whom they block, and where they hide whom they know. */
  const profileList = async (
    read: ListReader,
    { accountId, page }: { accountId: string; page: Page },
    context: CallContext,
    hidden: 'hideable' | 'always shown',
  ) => {
    const viewerId = accountOf(context) ?? null;
    const viewer = viewerId === null ? null : { id: viewerId };
    const own = viewerId === accountId;
    const owner = (await facts(viewerId, [accountId])).facts[0]!;
    if (!maySeeAccount(viewer, owner)) throw notFound();
    const hides = !own && hidden === 'hideable' && ((await accounts([accountId]))[0]?.hideCollections ?? true);
    if (hides || owner.blockedBy) return EMPTY;
    const keep = (known: AuthorFacts) =>
      maySeeAccount(viewer, known) && (own || known.id === viewerId || !apart(known));
    return readPage(parts, read, accountId, page, viewerId, keep);
  };

  return {
    async listFollowers(input, context) {
      return plain(await profileList(followers, input, context, 'hideable'));
    },
    async listFollowing(input, context) {
      return plain(await profileList(following, input, context, 'hideable'));
    },
    async listEndorsed(input, context) {
      return plain(await profileList(endorsed, input, context, 'always shown'));
    },
    async listBlocked({ page }, context) {
      return plain(await ownList(blocked, page, context));
    },
    async listFollowRequests({ page }, context) {
      return plain(await ownList(requests, page, context));
    },
    async listMuted({ page }, context) {
      const viewerId = requireAccount(context);
      const nowMs = clock.now();
      const { listed, cursors } = await readPage(parts, muted, viewerId, page, viewerId, (known, { untilMs }) => {
        return maySeeAccount({ id: viewerId }, known) && (untilMs === null || untilMs > nowMs);
      });
      return { accounts: listed.map(({ account, entry }) => ({ account, untilMs: entry.untilMs })), cursors };
    },
  };
}

const EMPTY: AccountList = { listed: [], cursors: {} };

function plain({ listed, cursors }: AccountList) {
  return { accounts: listed.map(({ account }) => account), cursors };
}

/** People whom the viewer wants nothing of, or who want nothing of the viewer, stay out of other people's lists, as in Mastodon. */
function apart(known: AuthorFacts): boolean {
  return known.blocking || known.blockedBy || known.muting;
}
