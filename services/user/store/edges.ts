import { cursorText } from '#platform/ids/ids.ts';
import type { Relational } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { db } from './tables.ts';

export interface EdgeEnd {
  readonly id: string;
  readonly showReposts: boolean;
}

const selectFollowerIds = prepared((p: { id: string; after: string; limit: number }) =>
  db
    .selectFrom('user_pairs')
    .select(['actor_id as id', 'show_reposts'])
    .where('target_id', '=', p.id)
    .where('follow_id', 'is not', null)
    .where('actor_id', '>', p.after)
    .orderBy('actor_id')
    .limit(p.limit),
);

const selectFollowingIds = prepared((p: { id: string; limit: number }) =>
  db
    .selectFrom('user_pairs')
    .select(['target_id as id', 'show_reposts'])
    .where('actor_id', '=', p.id)
    .where('follow_id', 'is not', null)
    .orderBy('target_id')
    .limit(p.limit),
);

/** Followers of an account with ids above `after`, in order of id. */
export async function readFollowerIds(
  relational: Relational,
  id: string,
  after: string | null,
  limit: number,
): Promise<EdgeEnd[]> {
  return (await relational.query(selectFollowerIds({ id, after: after === null ? '' : cursorText(after), limit }))).map(
    edgeEnd,
  );
}

/** Whom an account follows, in order of id. */
export async function readFollowingIds(relational: Relational, id: string, limit: number): Promise<EdgeEnd[]> {
  return (await relational.query(selectFollowingIds({ id, limit }))).map(edgeEnd);
}

function edgeEnd(row: { id: string; show_reposts: number }): EdgeEnd {
  return { id: row.id, showReposts: row.show_reposts === 1 };
}
