import type { Relational } from '#ports/relational/port.ts';
import { preparedList } from '#ports/relational/prepared.ts';
import { db } from './tables.ts';

const selectNames = preparedList((_: object, names) =>
  db.selectFrom('user_names').select(['name', 'account_id']).where('name', 'in', names).where('current', '=', 1),
);

/** Whose names these are (in their compared form), by name. Names that were given up are nobody's. */
export async function readOwners(relational: Relational, names: readonly string[]): Promise<Map<string, string>> {
  if (names.length === 0) return new Map();
  const rows = await relational.query(selectNames({}, names));
  return new Map(rows.map((row) => [row.name, row.account_id]));
}
