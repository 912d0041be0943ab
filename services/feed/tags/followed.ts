import type { Relational } from '#ports/relational/port.ts';
import { db } from '../store/relational.ts';

/** Who follows which hashtag. */
export class FollowedTags {
  readonly #relational: Relational;

  constructor(relational: Relational) {
    this.#relational = relational;
  }

  /** Names, at most `LIMITS.followedTags`. */
  async of(accountId: string): Promise<string[]> {
    const rows = await this.#relational.query(
      db.selectFrom('feed_followed_tags').select('name').where('account_id', '=', accountId).orderBy('id'),
    );
    return rows.map((row) => row.name);
  }

  /** Followers of one hashtag in order of their ids, a page at a time. */
  async followers(name: string, after: string, limit: number): Promise<string[]> {
    const rows = await this.#relational.query(
      db
        .selectFrom('feed_followed_tags')
        .select('account_id')
        .where('name', '=', name)
        .where('account_id', '>', after)
        .orderBy('account_id')
        .limit(limit),
    );
    return rows.map((row) => row.account_id);
  }
}
