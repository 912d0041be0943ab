import type { Relational } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { correctCounts } from '../scripts/recount.ts';
import { db } from '../store/tables.ts';

/** Accounts of one round. */
const ACCOUNTS = 20;
/** Rows of one read: about a millisecond. */
const PAGE = 5_000;

const selectCounts = prepared((p: { after: string }) =>
  db.selectFrom('user_counts').selectAll().where('id', '>', p.after).orderBy('id').limit(ACCOUNTS),
);

/** Of rows with a follow and of rows without one apart, since each has its own index. */
const countPairs = (follow: 'is' | 'is not') =>
  prepared((p: { id: string; after: string }) =>
    db
      .selectFrom((from) =>
        from
          .selectFrom('user_pairs')
          .select(['actor_id', 'counted'])
          .where('target_id', '=', p.id)
          .where('follow_id', follow, null)
          .where('actor_id', '>', p.after)
          .orderBy('actor_id')
          .limit(PAGE)
          .as('page'),
      )
      .select((row) => [
        row.fn.max('page.actor_id').as('last'),
        row.fn.countAll<number>().as('rows'),
        row.fn.coalesce(row.fn.sum<number>('page.counted'), row.lit(0)).as('counted'),
      ]),
  );
const countFollowing = countPairs('is not');
const countOthers = countPairs('is');

const countPosts = prepared((p: { id: string; after: string }) =>
  db
    .selectFrom((from) =>
      from
        .selectFrom('user_counted_posts')
        .select('post_id')
        .where('author_id', '=', p.id)
        .where('counted', '=', 1)
        .where('post_id', '>', p.after)
        .orderBy('post_id')
        .limit(PAGE)
        .as('page'),
    )
    .select((row) => [
      row.fn.max('page.post_id').as('last'),
      row.fn.countAll<number>().as('rows'),
      row.fn.countAll<number>().as('counted'),
    ]),
);

type CountPage = typeof countPosts | typeof countFollowing;

/** Counts the accounts behind `after` afresh and corrects what is wrong. Gives where the next round begins. */
export async function recountSome(relational: Relational, after: string, signal: AbortSignal): Promise<string> {
  const accounts = await relational.query(selectCounts({ after }));
  for (const { id, followers, posts, revision } of accounts) {
    const counted = (await total(relational, countFollowing, id)) + (await total(relational, countOthers, id));
    const livePosts = await total(relational, countPosts, id);
    if (counted !== followers || livePosts !== posts) {
      await relational.run(correctCounts, { id, followers: counted, posts: livePosts, revision });
    }
    if (signal.aborted) return id;
  }
  return accounts.length < ACCOUNTS ? '' : accounts.at(-1)!.id;
}

/** Adds up a list page by page, so that a famous account holds nobody up. */
async function total(relational: Relational, page: CountPage, id: string): Promise<number> {
  let sum = 0;
  for (let after = ''; ; ) {
    const [row] = await relational.query(page({ id, after }));
    if (row === undefined) return sum;
    sum += Number(row.counted);
    if (Number(row.rows) < PAGE) return sum;
    after = row.last!;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
