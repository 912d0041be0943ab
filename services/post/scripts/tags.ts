import { invalid } from '#platform/errors/errors.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import { queryBuilder } from '#ports/relational/builder.ts';
import { changedBy, type Query, rowOf, rowsOf, script, type WriteOutcome } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import type { PostTables } from '../store/schema.ts';

const db = queryBuilder<PostTables>();

export interface TagUse {
  readonly name: string;
  readonly postId: string;
  readonly accountId: string;
  readonly dayMs: number;
}

export interface PostTally {
  readonly partition: number;
  /** Behind the last event of the batch. */
  readonly nextOffset: number;
  /** Creations and deletions, by offset. */
  readonly steps: readonly { readonly offset: number; readonly postId: string; readonly deleted: boolean }[];
  readonly dayMs: number;
}

export interface Tally {
  readonly uses: readonly TagUse[];
  /** Posts that were deleted: their uses no longer count. */
  readonly deletedIds: readonly string[];
  readonly posts: PostTally;
}

/**
 * Counts uses of hashtags and the number of posts. Counting again changes nothing: a use is a row of its own, a partition is counted up to
 * an offset, and an event that is published again finds the row of its post. */
export const tally = script(import.meta.url, 'tally', function* ({ uses, deletedIds, posts }: Tally): Generator<
  Query,
  void,
  WriteOutcome
> {
  for (const use of uses) yield* countUse(use);
  if (deletedIds.length > 0) yield* uncount(deletedIds);
  yield* countPosts(posts);
});

function* countUse({ name, postId, accountId, dayMs }: TagUse): Generator<Query, void, WriteOutcome> {
  const isNew = yield* changedBy(
    db
      .insertInto('post_tag_use')
      .values({ name, post_id: postId, account_id: accountId, day_ms: dayMs })
      .onConflict((conflict) => conflict.columns(['post_id', 'name']).doNothing()),
  );
  if (isNew === 0) return;
  yield db
    .insertInto('post_tag')
    .values({ name })
    .onConflict((conflict) => conflict.column('name').doNothing());
  const before = yield* rowOf(
    db
      .selectFrom('post_tag_account')
      .select('uses')
      .where('name', '=', name)
      .where('day_ms', '=', dayMs)
      .where('account_id', '=', accountId),
  );
  yield db
    .insertInto('post_tag_account')
    .values({ name, day_ms: dayMs, account_id: accountId, uses: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['name', 'day_ms', 'account_id'])
        .doUpdateSet({ uses: (eb) => eb('post_tag_account.uses', '+', 1) }),
    );
  const accounts = before === undefined ? 1 : 0;
  yield db
    .insertInto('post_tag_day')
    .values({ name, day_ms: dayMs, uses: 1, accounts })
    .onConflict((conflict) =>
      conflict.columns(['name', 'day_ms']).doUpdateSet({
        uses: (eb) => eb('post_tag_day.uses', '+', 1),
        accounts: (eb) => eb('post_tag_day.accounts', '+', accounts),
      }),
    );
}

function* uncount(postIds: readonly string[]): Generator<Query, void, WriteOutcome> {
  const uses = yield* rowsOf(
    db
      .deleteFrom('post_tag_use')
      .where('post_id', 'in', [...postIds])
      .returningAll(),
  );
  for (const { name, account_id, day_ms } of uses) {
    const ofAccount = db
      .selectFrom('post_tag_account')
      .select('uses')
      .where('name', '=', name)
      .where('day_ms', '=', day_ms)
      .where('account_id', '=', account_id);
    const last = Number((yield* rowOf(ofAccount))?.uses ?? 0) <= 1;
    if (last) {
      yield db
        .deleteFrom('post_tag_account')
        .where('name', '=', name)
        .where('day_ms', '=', day_ms)
        .where('account_id', '=', account_id);
    } else {
      yield db
        .updateTable('post_tag_account')
        .set((eb) => ({ uses: eb('uses', '-', 1) }))
        .where('name', '=', name)
        .where('day_ms', '=', day_ms)
        .where('account_id', '=', account_id);
    }
    yield db
      .updateTable('post_tag_day')
      .set((eb) => ({ uses: eb('uses', '-', 1), accounts: eb('accounts', '-', last ? 1 : 0) }))
      .where('name', '=', name)
      .where('day_ms', '=', day_ms);
  }
}

const tell = prepared((p: PostTables['post_told']) =>
  db
    .insertInto('post_told')
    .values({ post_id: p.post_id, deleted: p.deleted, day_ms: p.day_ms })
    .onConflict((conflict) => conflict.doNothing()),
);

function* countPosts({ partition, nextOffset, steps, dayMs }: PostTally): Generator<Query, void, WriteOutcome> {
  const row = yield* rowOf(db.selectFrom('post_total').selectAll().where('partition', '=', partition));
  const counted = Number(row?.next_offset ?? 0);
  if (nextOffset <= counted) return;
  let by = 0;
  for (const { offset, postId, deleted } of steps) {
    if (offset < counted) continue;
    const isNew = yield* changedBy(tell({ post_id: postId, deleted: deleted ? 1 : 0, day_ms: dayMs }));
    if (isNew === 1) by += deleted ? -1 : 1;
  }
  if (row === undefined) {
    yield db.insertInto('post_total').values({ partition, next_offset: nextOffset, posts: by });
  } else {
    yield db
      .updateTable('post_total')
      .set((eb) => ({ next_offset: nextOffset, posts: eb('posts', '+', by) }))
      .where('partition', '=', partition);
  }
}

export interface NewFeatured {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
}

/** Puts a hashtag on a profile, within the limit. Again answers the row that is there. */
export const featureTag = script(
  import.meta.url,
  'featureTag',
  function* ({ id, accountId, name }: NewFeatured): Generator<Query, string, WriteOutcome> {
    const rows = yield* rowsOf(db.selectFrom('post_featured_tag').selectAll().where('account_id', '=', accountId));
    const known = rows.find((row) => row.name === name);
    if (known !== undefined) return known.id;
    if (rows.length >= LIMITS.featuredTags) {
      throw invalid('base', 'ERR_TOO_MANY', 'You have already featured the maximum number of hashtags');
    }
    yield db.insertInto('post_featured_tag').values({ id, account_id: accountId, name });
    return id;
  },
);
