import type { Filter, FilterContext, FilterKeyword, FilterPost } from '#contracts/services/feed.ts';
import { notFound } from '#platform/errors/errors.ts';
import type { Relational } from '#ports/relational/port.ts';
import { db, type FilterKeywordRow, type FilterPostRow, type FilterRow } from '../store/relational.ts';

/** Filters with what belongs to them. */
export class Filters {
  readonly #relational: Relational;

  constructor(relational: Relational) {
    this.#relational = relational;
  }

  async of(ownerId: string): Promise<Filter[]> {
    const [filters, keywords, posts] = await Promise.all([
      this.#relational.query(db.selectFrom('feed_filters').selectAll().where('owner_id', '=', ownerId).orderBy('id')),
      this.#relational.query(
        db.selectFrom('feed_filter_keywords').selectAll().where('owner_id', '=', ownerId).orderBy('id'),
      ),
      this.#relational.query(
        db.selectFrom('feed_filter_posts').selectAll().where('owner_id', '=', ownerId).orderBy('id'),
      ),
    ]);
    const keywordsOf = Map.groupBy(keywords, (row) => row.filter_id);
    const postsOf = Map.groupBy(posts, (row) => row.filter_id);
    return filters.map((row) => filterOf(row, keywordsOf.get(row.id) ?? [], postsOf.get(row.id) ?? []));
  }

  /** A filter of this owner, or `not_found`. */
  async get(filterId: string, ownerId: string): Promise<Filter> {
    const [filters, keywords, posts] = await Promise.all([
      this.#relational.query(
        db.selectFrom('feed_filters').selectAll().where('id', '=', filterId).where('owner_id', '=', ownerId),
      ),
      this.#relational.query(
        db
          .selectFrom('feed_filter_keywords')
          .selectAll()
          .where('owner_id', '=', ownerId)
          .where('filter_id', '=', filterId)
          .orderBy('id'),
      ),
      this.#relational.query(
        db
          .selectFrom('feed_filter_posts')
          .selectAll()
          .where('owner_id', '=', ownerId)
          .where('filter_id', '=', filterId)
          .orderBy('id'),
      ),
    ]);
    if (filters.length === 0) throw notFound();
    return filterOf(filters[0]!, keywords, posts);
  }

  async keyword(keywordId: string, ownerId: string): Promise<FilterKeyword> {
    const [row] = await this.#relational.query(
      db.selectFrom('feed_filter_keywords').selectAll().where('id', '=', keywordId).where('owner_id', '=', ownerId),
    );
    if (row === undefined) throw notFound();
    return keywordOf(row);
  }

  async post(filterPostId: string, ownerId: string): Promise<FilterPost> {
    const [row] = await this.#relational.query(
      db.selectFrom('feed_filter_posts').selectAll().where('id', '=', filterPostId).where('owner_id', '=', ownerId),
    );
    if (row === undefined) throw notFound();
    return { id: row.id, postId: row.post_id };
  }
}

export function keywordOf(row: FilterKeywordRow): FilterKeyword {
  return { id: row.id, keyword: row.keyword, wholeWord: Number(row.whole_word) === 1 };
}

function filterOf(row: FilterRow, keywords: readonly FilterKeywordRow[], posts: readonly FilterPostRow[]): Filter {
  return {
    id: row.id,
    title: row.title,
    contexts: JSON.parse(row.contexts) as FilterContext[],
    expiresMs: row.expires_ms === null ? null : Number(row.expires_ms),
    action: row.action,
    keywords: keywords.map(keywordOf),
    posts: posts.map(({ id, post_id }) => ({ id, postId: post_id })),
  };
}
