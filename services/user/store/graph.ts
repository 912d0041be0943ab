import type { Relational } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { db } from './tables.ts';

const selectFollowed = prepared((p: { id: string; limit: number }) =>
  db
    .selectFrom('user_pairs')
    .select('target_id as id')
    .where('actor_id', '=', p.id)
    .where('follow_id', 'is not', null)
    .orderBy('follow_id', 'desc')
    .limit(p.limit),
);

/** The accounts that `id` followed last, latest first. */
export async function latestFollowed(relational: Relational, id: string, limit: number): Promise<string[]> {
  return (await relational.query(selectFollowed({ id, limit }))).map((row) => row.id);
}

const selectMutual = prepared((p: { viewerId: string; targetId: string; sample: number; limit: number }) =>
  db
    .selectFrom((from) =>
      from
        .selectFrom('user_pairs')
        .select('target_id as id')
        .where('actor_id', '=', p.viewerId)
        .where('follow_id', 'is not', null)
        .orderBy('follow_id', 'desc')
        .limit(p.sample)
        .as('mine'),
    )
    .innerJoin('user_pairs as theirs', 'theirs.actor_id', 'mine.id')
    .select('mine.id')
    .where('theirs.target_id', '=', p.targetId)
    .where('theirs.follow_id', 'is not', null)
    .limit(p.limit),
);

/** Those among the `sample` accounts that the viewer followed last who follow the target. */
export async function followedFollowersOf(
  relational: Relational,
  viewerId: string,
  targetId: string,
  sample: number,
  limit: number,
): Promise<string[]> {
  return (await relational.query(selectMutual({ viewerId, targetId, sample, limit }))).map((row) => row.id);
}

const selectMostFollowed = prepared((p: { limit: number }) =>
  db
    .selectFrom('user_counts')
    .select('id')
    .where('followers', '>', 0)
    .orderBy('followers', 'desc')
    .orderBy('id', 'desc')
    .limit(p.limit),
);

export async function mostFollowed(relational: Relational, limit: number): Promise<string[]> {
  return (await relational.query(selectMostFollowed({ limit }))).map((row) => row.id);
}

const selectDismissed = prepared((p: { id: string; limit: number }) =>
  db.selectFrom('user_dismissed').select('target_id as id').where('account_id', '=', p.id).limit(p.limit),
);

export async function dismissedBy(relational: Relational, id: string, limit: number): Promise<Set<string>> {
  return new Set((await relational.query(selectDismissed({ id, limit }))).map((row) => row.id));
}
