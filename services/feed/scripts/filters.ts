import { invalid, notFound } from '#platform/errors/errors.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import { changedBy, type Query, rowOf, script, type WriteOutcome } from '#ports/relational/port.ts';
import { db, type FilterKeywordRow, type FilterPostRow, type FilterRow } from '../store/relational.ts';

type Steps<R> = Generator<Query, R, WriteOutcome>;

/** One keyword of a filter as it should be. `add` carries a fresh id. */
export interface KeywordChanges {
  readonly add: readonly FilterKeywordRow[];
  readonly update: readonly { readonly id: string; readonly keyword?: string; readonly whole_word?: number }[];
  readonly remove: readonly string[];
}

export interface NewFilter {
  readonly filter: FilterRow;
  readonly keywords: readonly FilterKeywordRow[];
}

export const createFilter = script(import.meta.url, 'createFilter', function* (args: NewFilter): Steps<void> {
  const { filter, keywords } = args;
  yield db.insertInto('feed_filters').values(filter);
  const of = db.selectFrom('feed_filters').where('owner_id', '=', filter.owner_id);
  const { count } = (yield* rowOf(of.select((f) => f.fn.countAll<number>().as('count'))))!;
  if (Number(count) > LIMITS.filters) throw invalid('title', 'ERR_LIMIT', `at most ${LIMITS.filters} filters`);
  yield* addKeywords(filter.id, keywords);
});

export interface FilterChange {
  readonly filterId: string;
  readonly ownerId: string;
  readonly set: Partial<Omit<FilterRow, 'id' | 'owner_id'>>;
  readonly keywords: KeywordChanges;
}

export const updateFilter = script(import.meta.url, 'updateFilter', function* (args: FilterChange): Steps<void> {
  const { filterId, ownerId, set, keywords } = args;
  yield* requireFilter(filterId, ownerId);
  if (Object.keys(set).length > 0) yield db.updateTable('feed_filters').set(set).where('id', '=', filterId);
  for (const id of keywords.remove) {
    yield db.deleteFrom('feed_filter_keywords').where('id', '=', id).where('filter_id', '=', filterId);
  }
  for (const { id, ...columns } of keywords.update) {
    if (Object.keys(columns).length === 0) continue;
    const update = db.updateTable('feed_filter_keywords').set(columns);
    if ((yield* changedBy(update.where('id', '=', id).where('filter_id', '=', filterId))) === 0) throw notFound();
  }
  yield* addKeywords(filterId, keywords.add);
});

export interface OwnedFilter {
  readonly filterId: string;
  readonly ownerId: string;
}

export const deleteFilter = script(import.meta.url, 'deleteFilter', function* (args: OwnedFilter): Steps<void> {
  yield* requireFilter(args.filterId, args.ownerId);
  yield db.deleteFrom('feed_filters').where('id', '=', args.filterId);
  yield db
    .deleteFrom('feed_filter_keywords')
    .where('owner_id', '=', args.ownerId)
    .where('filter_id', '=', args.filterId);
  yield db.deleteFrom('feed_filter_posts').where('owner_id', '=', args.ownerId).where('filter_id', '=', args.filterId);
});

export const addKeyword = script(import.meta.url, 'addKeyword', function* (row: FilterKeywordRow): Steps<void> {
  yield* requireFilter(row.filter_id, row.owner_id);
  yield* addKeywords(row.filter_id, [row]);
});

/** Gives the id under which the post stands in the filter. */
export const addPost = script(import.meta.url, 'addPost', function* (row: FilterPostRow): Steps<string> {
  yield* requireFilter(row.filter_id, row.owner_id);
  const there = db
    .selectFrom('feed_filter_posts')
    .select('id')
    .where('filter_id', '=', row.filter_id)
    .where('post_id', '=', row.post_id);
  const known = yield* rowOf(there);
  if (known !== undefined) return known.id;
  yield db.insertInto('feed_filter_posts').values(row);
  const of = db.selectFrom('feed_filter_posts').where('filter_id', '=', row.filter_id);
  const { count } = (yield* rowOf(of.select((f) => f.fn.countAll<number>().as('count'))))!;
  if (Number(count) > LIMITS.filterPosts) {
    throw invalid('status_id', 'ERR_LIMIT', `at most ${LIMITS.filterPosts} posts in a filter`);
  }
  return row.id;
});

function* addKeywords(filterId: string, rows: readonly FilterKeywordRow[]): Steps<void> {
  for (const row of rows) yield db.insertInto('feed_filter_keywords').values(row);
  if (rows.length === 0) return;
  const of = db.selectFrom('feed_filter_keywords').where('filter_id', '=', filterId);
  const { count } = (yield* rowOf(of.select((f) => f.fn.countAll<number>().as('count'))))!;
  if (Number(count) > LIMITS.filterKeywords) {
    throw invalid('keywords', 'ERR_LIMIT', `at most ${LIMITS.filterKeywords} keywords in a filter`);
  }
}

function* requireFilter(filterId: string, ownerId: string): Steps<void> {
  const filter = db.selectFrom('feed_filters').select('id').where('id', '=', filterId).where('owner_id', '=', ownerId);
  if ((yield* rowOf(filter)) === undefined) throw notFound();
}
