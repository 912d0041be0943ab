import type { List } from '#contracts/services/feed.ts';
import { notFound } from '#platform/errors/errors.ts';
import type { Relational } from '#ports/relational/port.ts';
import { db, type ListRow } from '../store/relational.ts';

/** Lists and their members. */
export class Lists {
  readonly #relational: Relational;

  constructor(relational: Relational) {
    this.#relational = relational;
  }

  /** A list of this owner, or `not_found`. */
  async get(listId: string, ownerId: string): Promise<List> {
    const [row] = await this.#relational.query(
      db.selectFrom('feed_lists').selectAll().where('id', '=', listId).where('owner_id', '=', ownerId),
    );
    if (row === undefined) throw notFound();
    return listOf(row);
  }

  async of(ownerId: string): Promise<List[]> {
    const rows = await this.#relational.query(
      db.selectFrom('feed_lists').selectAll().where('owner_id', '=', ownerId).orderBy('id'),
    );
    return rows.map(listOf);
  }

  async with(ownerId: string, accountId: string): Promise<List[]> {
    const rows = await this.#relational.query(
      db
        .selectFrom('feed_lists')
        .innerJoin('feed_list_members', 'feed_list_members.list_id', 'feed_lists.id')
        .selectAll('feed_lists')
        .where('feed_list_members.owner_id', '=', ownerId)
        .where('feed_list_members.account_id', '=', accountId)
        .orderBy('feed_lists.id'),
    );
    return rows.map(listOf);
  }

  async memberIds(listId: string): Promise<string[]> {
    const rows = await this.#relational.query(
      db.selectFrom('feed_list_members').select('account_id').where('list_id', '=', listId).orderBy('id'),
    );
    return rows.map((row) => row.account_id);
  }

  /** Members of lists that keep their posts out of home. */
  async exclusiveMembers(ownerId: string): Promise<string[]> {
    const rows = await this.#relational.query(
      db
        .selectFrom('feed_list_members')
        .innerJoin('feed_lists', 'feed_lists.id', 'feed_list_members.list_id')
        .select('feed_list_members.account_id')
        .where('feed_lists.owner_id', '=', ownerId)
        .where('feed_lists.exclusive', '=', 1),
    );
    return rows.map((row) => row.account_id);
  }

  /** Takes an account out of every list of one owner. */
  async removeMember(ownerId: string, accountId: string): Promise<void> {
    await this.#relational.batch([
      {
        query: db.deleteFrom('feed_list_members').where('owner_id', '=', ownerId).where('account_id', '=', accountId),
      },
    ]);
  }
}

export function listOf(row: ListRow): List {
  return { id: row.id, title: row.title, repliesPolicy: row.replies_policy, exclusive: Number(row.exclusive) === 1 };
}
