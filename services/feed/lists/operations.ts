import type { FeedService } from '#contracts/services/feed.ts';
import type { UserService } from '#contracts/services/user.ts';
import { type CallContext, childContext } from '#platform/calls/context.ts';
import { invalid, notFound } from '#platform/errors/errors.ts';
import { cursorText, type IdGenerator } from '#platform/ids/ids.ts';
import type { Relational } from '#ports/relational/port.ts';
import { requireAccount } from '../caller.ts';
import type { ArrangementReader } from '../home/arrangements.ts';
import { addMembers, createList, deleteList } from '../scripts/lists.ts';
import { db } from '../store/relational.ts';
import { type Lists, listOf } from './store.ts';

interface Parts {
  readonly relational: Relational;
  readonly user: UserService;
  readonly ids: IdGenerator;
  readonly lists: Lists;
  readonly arrangements: ArrangementReader;
}

type Operations = Pick<
  FeedService,
  | 'createList'
  | 'updateList'
  | 'deleteList'
  | 'getList'
  | 'listLists'
  | 'listsWith'
  | 'addListMembers'
  | 'removeListMembers'
  | 'listMembers'
>;

/** Lists of the caller; another's list looks like one that does not exist. */
export function listOperations({ relational, user, ids, lists, arrangements }: Parts): Operations {
  return {
    async createList({ title, repliesPolicy, exclusive }, context) {
      const ownerId = requireAccount(context);
      const row = {
        id: ids.next(),
        owner_id: ownerId,
        title: checkedTitle(title),
        replies_policy: repliesPolicy,
        exclusive: exclusive ? 1 : 0,
      };
      await relational.run(createList, row);
      return listOf(row);
    },

    async updateList({ listId, title, repliesPolicy, exclusive }, context) {
      const ownerId = requireAccount(context);
      const set = {
        ...(title === undefined ? {} : { title: checkedTitle(title) }),
        ...(repliesPolicy === undefined ? {} : { replies_policy: repliesPolicy }),
        ...(exclusive === undefined ? {} : { exclusive: exclusive ? 1 : 0 }),
      };
      if (Object.keys(set).length > 0) {
        const update = db.updateTable('feed_lists').set(set).where('id', '=', listId).where('owner_id', '=', ownerId);
        const [outcome] = await relational.batch([{ query: update }]);
        if (outcome!.changed === 0) throw notFound();
        await arrangements.changed(ownerId);
      }
      return lists.get(listId, ownerId);
    },

    async deleteList({ listId }, context) {
      const ownerId = requireAccount(context);
      await relational.run(deleteList, { listId, ownerId });
      await arrangements.changed(ownerId);
      return {};
    },

    getList: async ({ listId }, context) => lists.get(listId, requireAccount(context)),
    listLists: async (_, context) => ({ lists: await lists.of(requireAccount(context)) }),
    listsWith: async ({ accountId }, context) => {
      const ownerId = requireAccount(context);
      const followed = await followedOf(user, ownerId, [accountId], context);
      return { lists: followed.size === 0 ? [] : await lists.with(ownerId, accountId) };
    },

    async addListMembers({ listId, accountIds }, context) {
      const ownerId = requireAccount(context);
      await lists.get(listId, ownerId);
      const followed = await followedOf(user, ownerId, accountIds, context);
      if (accountIds.some((id) => !followed.has(id))) throw notFound();
      const members = [...followed].map((accountId) => ({ id: ids.next(), accountId }));
      await relational.run(addMembers, { listId, ownerId, members });
      await arrangements.changed(ownerId);
      return {};
    },

    async removeListMembers({ listId, accountIds }, context) {
      const ownerId = requireAccount(context);
      await lists.get(listId, ownerId);
      if (accountIds.length === 0) return {};
      const members = db.deleteFrom('feed_list_members').where('list_id', '=', listId);
      await relational.batch([{ query: members.where('account_id', 'in', accountIds) }]);
      await arrangements.changed(ownerId);
      return {};
    },

    /** Newest members first. Whoever is no longer followed is left out, even before the list has been tidied. */
    async listMembers({ listId, page, all }, context) {
      const ownerId = requireAccount(context);
      await lists.get(listId, ownerId);
      let query = db.selectFrom('feed_list_members').select(['id', 'account_id']).where('list_id', '=', listId);
      if (!all) {
        if (page.maxId !== undefined) query = query.where('id', '<', cursorText(page.maxId));
        const lower = page.minId ?? page.sinceId;
        if (lower !== undefined) query = query.where('id', '>', cursorText(lower));
        query = query.limit(page.limit);
      }
      const upwards = !all && page.minId !== undefined;
      const rows = await relational.query(query.orderBy('id', upwards ? 'asc' : 'desc'));
      if (upwards) rows.reverse();
      const accounts = rows.map((row) => row.account_id);
      const followed = await followedOf(user, ownerId, accounts, context);
      const full = !all && rows.length === page.limit;
      return {
        accountIds: accounts.filter((id) => followed.has(id)),
        cursors: {
          ...(full ? { olderThan: rows.at(-1)!.id } : {}),
          ...(all || rows.length === 0 ? {} : { newerThan: rows[0]!.id }),
        },
      };
    },
  };
}

/** Those of the accounts that the owner follows, and the owner. */
async function followedOf(
  user: UserService,
  ownerId: string,
  authorIds: string[],
  context: CallContext,
): Promise<ReadonlySet<string>> {
  if (authorIds.length === 0) return new Set();
  const service = childContext(context, { caller: { kind: 'service', name: 'feed' } });
  const { facts } = await user.visibilityFacts({ viewerId: ownerId, authorIds }, service);
  return new Set(facts.filter((fact) => fact.following || fact.id === ownerId).map((fact) => fact.id));
}

function checkedTitle(title: string): string {
  const trimmed = title.trim();
  if (trimmed === '') throw invalid('title', 'ERR_BLANK', "Title can't be blank");
  return trimmed;
}
