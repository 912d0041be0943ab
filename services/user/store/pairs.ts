import type { Relational } from '#ports/relational/port.ts';
import { preparedList } from '#ports/relational/prepared.ts';
import type { OtherSide, OwnSide } from '../relationship.ts';
import { db } from './tables.ts';

/** Both directions between one viewer and some others, by the other's id. */
export interface Pairs {
  readonly own: ReadonlyMap<string, OwnSide>;
  readonly other: ReadonlyMap<string, OtherSide>;
}

const columns = [
  'actor_id',
  'target_id',
  'follow_id',
  'request_id',
  'show_reposts',
  'notify',
  'languages',
  'block_id',
  'mute_id',
  'mute_notifications',
  'mute_until_ms',
  'endorse_id',
  'note',
] as const;

const selectPairs = preparedList((p: { viewerId: string }, ids) =>
  db
    .selectFrom('user_pairs')
    .select(columns)
    .where('actor_id', '=', p.viewerId)
    .where('target_id', 'in', ids)
    .unionAll(
      db.selectFrom('user_pairs').select(columns).where('actor_id', 'in', ids).where('target_id', '=', p.viewerId),
    ),
);

/** Everything between a viewer and others, both ways, in one query. At most 512 others. */
export async function readPairs(relational: Relational, viewerId: string, ids: readonly string[]): Promise<Pairs> {
  const own = new Map<string, OwnSide>();
  const other = new Map<string, OtherSide>();
  if (ids.length > 0) {
    for (const row of await relational.query(selectPairs({ viewerId }, ids))) {
      if (row.actor_id === viewerId) own.set(row.target_id, row);
      else other.set(row.actor_id, row);
    }
  }
  return { own, other };
}
