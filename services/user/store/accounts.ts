import type { Account, ProfileField, ProfileImage } from '#contracts/model/account.ts';
import type { Relational } from '#ports/relational/port.ts';
import { MAX_LIST, preparedList } from '#ports/relational/prepared.ts';
import { type CacheUse, noCacheUse } from '../telemetry.ts';
import { Generations } from './generations.ts';
import { readHeads } from './heads.ts';
import { db, type HeadRow, type ProfileRow } from './tables.ts';

type AccountRow = Pick<HeadRow, 'id' | 'state' | 'locked' | 'version'> &
  Omit<ProfileRow, 'username_changed_ms' | 'preferences'>;

/** An account takes about a kilobyte; two generations are kept. */
const ACCOUNTS_PER_GENERATION = 10_000;

const selectAccounts = preparedList((_: object, ids) =>
  db
    .selectFrom('user_heads as h')
    .innerJoin('user_profiles as p', 'p.id', 'h.id')
    .select([
      'h.id',
      'h.state',
      'h.locked',
      'h.version',
      'p.username',
      'p.display_name',
      'p.bio',
      'p.fields',
      'p.avatar',
      'p.header',
      'p.bot',
      'p.discoverable',
      'p.indexable',
      'p.hide_collections',
      'p.created_ms',
    ])
    .where('h.id', 'in', ids),
);

/**
 * Accounts as they are, whatever their state, in the order asked for; unknown ids are left out. The records are shared between requests: nobody
 * changes them.
 */
export type AccountReader = (ids: readonly string[]) => Promise<Account[]>;

/**
 * Reads accounts, keeping records by id.
 *
 * Why a kept record is never stale: every change of what an `Account` shows raises `version` in the same transaction, and versions never go
 * back. Each read asks the primary for the versions first (one query of small rows) and takes a kept record only under exactly that version; a record is
 * read together with its version, in one statement. So after an acknowledged change every read on every process sees another version, and
 * reads the record again.
 */
export function accountReader(relational: Relational, use: CacheUse = noCacheUse()): AccountReader {
  const known = new Generations<string, Account>(ACCOUNTS_PER_GENERATION);

  return async (ids) => {
    const found = new Map<string, Account>();
    const missing: string[] = [];
    for (const { id, version } of await readHeads(relational, ids)) {
      const account = known.get(id);
      if (account !== undefined && account.version === version) found.set(id, account);
      else missing.push(id);
    }
    use.hits += found.size;
    use.misses += missing.length;
    for (let from = 0; from < missing.length; from += MAX_LIST) {
      for (const row of await relational.query(selectAccounts({}, missing.slice(from, from + MAX_LIST)))) {
        const account = accountOf(row);
        known.set(account.id, account);
        found.set(account.id, account);
      }
    }
    const accounts: Account[] = [];
    for (const id of ids) {
      const account = found.get(id);
      if (account !== undefined) accounts.push(account);
    }
    return accounts;
  };
}

function accountOf(row: AccountRow): Account {
  return {
    id: row.id,
    username: row.username,
    displayName: row.display_name,
    bio: row.bio,
    fields: JSON.parse(row.fields) as ProfileField[],
    avatar: imageOf(row.avatar),
    header: imageOf(row.header),
    locked: row.locked === 1,
    bot: row.bot === 1,
    discoverable: row.discoverable === 1,
    indexable: row.indexable === 1,
    hideCollections: row.hide_collections === 1,
    state: row.state,
    createdMs: row.created_ms,
    version: row.version,
  };
}

function imageOf(text: string | null): ProfileImage | null {
  return text === null ? null : (JSON.parse(text) as ProfileImage);
}
