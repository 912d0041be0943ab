import type { CompiledQuery } from 'kysely';
import type { Page } from '#contracts/model/common.ts';
import { cursorText } from '#platform/ids/ids.ts';
import type { Relational } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { db } from './tables.ts';

/** A row of a list: the account at the other end, under the id of the edge that put it there. */
export interface ListEntry {
  readonly edgeId: string;
  readonly accountId: string;
  /** Of a mute. */
  readonly untilMs: number | null;
}

/** Bounds on edge ids, exclusive, and the direction in which to read. */
export interface ListWindow {
  readonly after: string;
  readonly before: string;
  readonly ascending: boolean;
  readonly limit: number;
}

type End = 'actor_id' | 'target_id';
type Edge = 'follow_id' | 'request_id' | 'block_id' | 'mute_id' | 'endorse_id';

/** One kind of list: whose it is, which edge makes it, and who stands in it. */
export type ListReader = (relational: Relational, ownerId: string, window: ListWindow) => Promise<ListEntry[]>;

/** Greater than every id as text. */
const BEYOND = '~';

export function windowOf(page: Page): ListWindow {
  const ascending = page.minId !== undefined;
  const lower = page.minId ?? page.sinceId;
  return {
    after: lower === undefined ? '' : cursorText(lower),
    before: page.maxId === undefined ? BEYOND : cursorText(page.maxId),
    ascending,
    limit: page.limit,
  };
}

function listReader(owner: End, other: End, edge: Edge): ListReader {
  type Values = { ownerId: string; after: string; before: string; limit: number };
  const statement = (direction: 'asc' | 'desc') =>
    prepared((p: Values) =>
      db
        .selectFrom('user_pairs')
        .select((row) => [
          row.ref(edge).$notNull().as('edgeId'),
          row.ref(other).as('accountId'),
          row.ref('mute_until_ms').as('untilMs'),
        ])
        .where(owner, '=', p.ownerId)
        .where(edge, 'is not', null)
        .where(edge, '>', p.after)
        .where(edge, '<', p.before)
        .orderBy(edge, direction)
        .limit(p.limit),
    ) as (values: Values) => CompiledQuery<ListEntry>;
  const ascending = statement('asc');
  const descending = statement('desc');
  return (relational, ownerId, { after, before, limit, ascending: oldestFirst }) =>
    relational.query((oldestFirst ? ascending : descending)({ ownerId, after, before, limit }));
}

export const followers = listReader('target_id', 'actor_id', 'follow_id');
export const following = listReader('actor_id', 'target_id', 'follow_id');
export const requests = listReader('target_id', 'actor_id', 'request_id');
export const blocked = listReader('actor_id', 'target_id', 'block_id');
export const muted = listReader('actor_id', 'target_id', 'mute_id');
export const endorsed = listReader('actor_id', 'target_id', 'endorse_id');
