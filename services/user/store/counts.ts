import type { AccountCounts } from '#contracts/model/account.ts';
import type { Relational } from '#ports/relational/port.ts';
import { preparedList } from '#ports/relational/prepared.ts';
import { db } from './tables.ts';

const selectCounts = preparedList((_: object, ids) =>
  db
    .selectFrom('user_counts as c')
    .innerJoin('user_heads as h', 'h.id', 'c.id')
    .select(['c.id', 'c.followers', 'h.follows', 'c.posts', 'c.last_post_ms'])
    .where('c.id', 'in', ids),
);

/** Counts in the order asked for; unknown accounts are left out. */
export async function readCounts(relational: Relational, ids: readonly string[]): Promise<AccountCounts[]> {
  if (ids.length === 0) return [];
  const byId = new Map<string, AccountCounts>();
  for (const row of await relational.query(selectCounts({}, ids))) {
    byId.set(row.id, {
      id: row.id,
      followers: row.followers,
      following: row.follows,
      posts: row.posts,
      lastPostMs: row.last_post_ms,
    });
  }
  return ids.flatMap((id) => byId.get(id) ?? []);
}
