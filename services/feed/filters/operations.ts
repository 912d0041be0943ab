import type { FeedService, FilterContext } from '#contracts/services/feed.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { notFound } from '#platform/errors/errors.ts';
import type { IdGenerator } from '#platform/ids/ids.ts';
import type { Relational } from '#ports/relational/port.ts';
import { requireAccount } from '../caller.ts';
import { addKeyword, addPost, createFilter, deleteFilter, updateFilter } from '../scripts/filters.ts';
import { db, type FilterKeywordRow } from '../store/relational.ts';
import { keywordChanges } from './keyword-changes.ts';
import { type Filters, keywordOf } from './store.ts';
import { checkedText } from './text.ts';

interface Parts {
  readonly relational: Relational;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly filters: Filters;
}

type Operations = Pick<
  FeedService,
  | 'listFilters'
  | 'getFilter'
  | 'createFilter'
  | 'updateFilter'
  | 'deleteFilter'
  | 'addFilterKeyword'
  | 'getFilterKeyword'
  | 'updateFilterKeyword'
  | 'deleteFilterKeyword'
  | 'addFilterPost'
  | 'getFilterPost'
  | 'deleteFilterPost'
>;

/** Filters of the caller; another's look like those that do not exist. Expired ones stay listed, and no longer act. */
export function filterOperations({ relational, clock, ids, filters }: Parts): Operations {
  const expiry = (seconds: number | null) => (seconds === null ? null : clock.now() + seconds * 1_000);
  const removeOwned = async (table: 'feed_filter_keywords' | 'feed_filter_posts', id: string, ownerId: string) => {
    const row = db.deleteFrom(table).where('id', '=', id).where('owner_id', '=', ownerId);
    const [outcome] = await relational.batch([{ query: row }]);
    if (outcome!.changed === 0) throw notFound();
    return {};
  };

  return {
    listFilters: async (_, context) => ({ filters: await filters.of(requireAccount(context)) }),
    getFilter: async ({ filterId }, context) => filters.get(filterId, requireAccount(context)),

    async createFilter(input, context) {
      const ownerId = requireAccount(context);
      const id = ids.next();
      const filter = {
        id,
        owner_id: ownerId,
        title: checkedText('title', input.title),
        contexts: contextsText(input.contexts),
        expires_ms: expiry(input.expiresInSeconds),
        action: input.action,
      };
      const { add } = keywordChanges(input.keywords, { filterId: id, ownerId, ids });
      await relational.run(createFilter, { filter, keywords: add });
      return filters.get(id, ownerId);
    },

    async updateFilter(input, context) {
      const ownerId = requireAccount(context);
      const { filterId, title, contexts, expiresInSeconds, action } = input;
      const set = {
        ...(title === undefined ? {} : { title: checkedText('title', title) }),
        ...(contexts === undefined ? {} : { contexts: contextsText(contexts) }),
        ...(expiresInSeconds === undefined ? {} : { expires_ms: expiry(expiresInSeconds) }),
        ...(action === undefined ? {} : { action }),
      };
      const keywords = keywordChanges(input.keywords ?? [], { filterId, ownerId, ids });
      await relational.run(updateFilter, { filterId, ownerId, set, keywords });
      return filters.get(filterId, ownerId);
    },

    async deleteFilter({ filterId }, context) {
      await relational.run(deleteFilter, { filterId, ownerId: requireAccount(context) });
      return {};
    },

    async addFilterKeyword({ filterId, keyword, wholeWord }, context) {
      const row: FilterKeywordRow = {
        id: ids.next(),
        filter_id: filterId,
        owner_id: requireAccount(context),
        keyword: checkedText('keyword', keyword),
        whole_word: wholeWord ? 1 : 0,
      };
      await relational.run(addKeyword, row);
      return keywordOf(row);
    },
    getFilterKeyword: async ({ keywordId }, context) => filters.keyword(keywordId, requireAccount(context)),
    async updateFilterKeyword({ keywordId, keyword, wholeWord }, context) {
      const ownerId = requireAccount(context);
      const set = {
        ...(keyword === undefined ? {} : { keyword: checkedText('keyword', keyword) }),
        ...(wholeWord === undefined ? {} : { whole_word: wholeWord ? 1 : 0 }),
      };
      if (Object.keys(set).length > 0) {
        const row = db.updateTable('feed_filter_keywords').set(set).where('id', '=', keywordId);
        await relational.batch([{ query: row.where('owner_id', '=', ownerId) }]);
      }
      return filters.keyword(keywordId, ownerId);
    },
    deleteFilterKeyword: async ({ keywordId }, context) =>
      removeOwned('feed_filter_keywords', keywordId, requireAccount(context)),

    async addFilterPost({ filterId, postId }, context) {
      const row = { id: ids.next(), filter_id: filterId, owner_id: requireAccount(context), post_id: postId };
      return { id: await relational.run(addPost, row), postId };
    },
    getFilterPost: async ({ filterPostId }, context) => filters.post(filterPostId, requireAccount(context)),
    deleteFilterPost: async ({ filterPostId }, context) =>
      removeOwned('feed_filter_posts', filterPostId, requireAccount(context)),
  };
}

function contextsText(contexts: readonly FilterContext[]): string {
  return JSON.stringify([...new Set(contexts)]);
}
