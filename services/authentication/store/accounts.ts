import type { Relational } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { type AccountsTable, db, type IdentitiesTable } from './tables.ts';

export interface AccountStore {
  byId(accountId: string): Promise<AccountsTable | undefined>;
  byEmailIndex(emailIndex: string): Promise<AccountsTable | undefined>;
  byIdentity(issuer: string, subject: string): Promise<AccountsTable | undefined>;
  identitiesOf(accountId: string): Promise<IdentitiesTable[]>;
  /** Permissions of a role of our own making, as JSON; undefined when there is none. */
  customRole(name: string): Promise<string | undefined>;
  /** Changes some columns. True when the account is there (and, with `where`, still as it was read). */
  update(accountId: string, change: Partial<AccountsTable>, where?: Partial<AccountsTable>): Promise<boolean>;
}

const byId = prepared(({ id }: { id: string }) =>
  db.selectFrom('authentication_accounts').selectAll().where('account_id', '=', id),
);
const byEmail = prepared(({ index }: { index: string }) =>
  db.selectFrom('authentication_accounts').selectAll().where('email_index', '=', index),
);
const byIdentity = prepared(({ issuer, subject }: { issuer: string; subject: string }) =>
  db
    .selectFrom('authentication_identities as i')
    .innerJoin('authentication_accounts as a', 'a.account_id', 'i.account_id')
    .selectAll('a')
    .where('i.issuer', '=', issuer)
    .where('i.subject', '=', subject),
);
const role = prepared(({ name }: { name: string }) =>
  db.selectFrom('authentication_roles').select('permissions').where('name', '=', name),
);

export function accountStore(relational: Relational): AccountStore {
  return {
    byId: async (id) => (await relational.query(byId({ id })))[0],
    byEmailIndex: async (index) => (await relational.query(byEmail({ index })))[0],
    byIdentity: async (issuer, subject) => (await relational.query(byIdentity({ issuer, subject })))[0],
    identitiesOf: (accountId) =>
      relational.query(db.selectFrom('authentication_identities').selectAll().where('account_id', '=', accountId)),
    customRole: async (name) => (await relational.query(role({ name })))[0]?.permissions,
    async update(accountId, change, where = {}) {
      let query = db.updateTable('authentication_accounts').set(change).where('account_id', '=', accountId);
      for (const [column, value] of Object.entries(where)) {
        const name = column as keyof AccountsTable;
        query = value === null ? query.where(name, 'is', null) : query.where(name, '=', value);
      }
      const [outcome] = await relational.batch([{ query }]);
      return outcome!.changed === 1;
    },
  };
}
