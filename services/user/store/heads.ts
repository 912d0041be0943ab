import type { Relational } from '#ports/relational/port.ts';
import { MAX_LIST, preparedList } from '#ports/relational/prepared.ts';
import { db, type HeadRow } from './tables.ts';

export type Head = Pick<HeadRow, 'id' | 'state' | 'epoch' | 'version'>;

const selectHeads = preparedList((_: object, ids) =>
  db.selectFrom('user_heads').select(['id', 'state', 'epoch', 'version']).where('id', 'in', ids),
);

/** States, epochs and versions, from the primary, in one query, in no order. Unknown ids are left out. */
export async function readHeads(relational: Relational, ids: readonly string[]): Promise<Head[]> {
  if (ids.length === 0) return [];
  if (ids.length <= MAX_LIST) return relational.query(selectHeads({}, ids));
  const rest = readHeads(relational, ids.slice(MAX_LIST));
  return [...(await relational.query(selectHeads({}, ids.slice(0, MAX_LIST)))), ...(await rest)];
}
