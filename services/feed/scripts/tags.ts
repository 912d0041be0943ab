import { invalid } from '#platform/errors/errors.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import { changedBy, type Query, rowOf, script, type WriteOutcome } from '#ports/relational/port.ts';
import { db, type FollowedTagRow } from '../store/relational.ts';

/** Following a hashtag again changes nothing. */
export const followTag = script(import.meta.url, 'followTag', function* (row: FollowedTagRow): Generator<
  Query,
  boolean,
  WriteOutcome
> {
  const added = yield* changedBy(
    db
      .insertInto('feed_followed_tags')
      .values(row)
      .onConflict((c) => c.doNothing()),
  );
  if (added === 0) return false;
  const of = db.selectFrom('feed_followed_tags').where('account_id', '=', row.account_id);
  const { count } = (yield* rowOf(of.select((f) => f.fn.countAll<number>().as('count'))))!;
  if (Number(count) > LIMITS.followedTags) {
    throw invalid('name', 'ERR_LIMIT', `at most ${LIMITS.followedTags} followed hashtags`);
  }
  return true;
});
