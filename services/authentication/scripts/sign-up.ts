/** The three transactions of a sign-up; between the first and the last, the user service secures the username. */
import { changedBy, rowOf, script } from '#ports/relational/port.ts';
import { type AccountsTable, db, type IdentitiesTable, type MailsTable, type TicketsTable } from '../store/tables.ts';

const MODULE = import.meta.url;

export interface Reservation {
  readonly account: AccountsTable;
  readonly identity: IdentitiesTable | null;
  readonly nowMs: number;
}

export type Reserved = 'reserved' | 'email_taken' | 'identity_taken' | 'invite_refused';

/** Keeps the credentials, `creating`, and takes one use of the invitation. */
export const reserve = script(MODULE, 'reserve', function* (args: Reservation) {
  const { account, identity, nowMs } = args;
  if (account.email_index !== null) {
    const taken = yield* rowOf(
      db.selectFrom('authentication_accounts').select('account_id').where('email_index', '=', account.email_index),
    );
    if (taken !== undefined) return 'email_taken' as Reserved;
  }
  if (identity !== null) {
    const taken = yield* rowOf(
      db
        .selectFrom('authentication_identities')
        .select('account_id')
        .where('issuer', '=', identity.issuer)
        .where('subject', '=', identity.subject),
    );
    if (taken !== undefined) return 'identity_taken';
  }
  if (account.invite_digest !== null) {
    const used = yield* changedBy(
      db
        .updateTable('authentication_invites')
        .set((column) => ({ uses_left: column('uses_left', '-', 1) }))
        .where('code_digest', '=', account.invite_digest)
        .where('uses_left', '>', 0)
        .where('expires_ms', '>', nowMs),
    );
    if (used === 0) return 'invite_refused';
  }
  yield db.insertInto('authentication_accounts').values(account);
  if (identity !== null) yield db.insertInto('authentication_identities').values(identity);
  return 'reserved';
});

/** The username was refused: nothing remains, and the invitation can be used again. */
export const abandon = script(MODULE, 'abandon', function* (args: { accountId: string }) {
  const account = yield* rowOf<AccountsTable>(
    db
      .selectFrom('authentication_accounts')
      .selectAll()
      .where('account_id', '=', args.accountId)
      .where('state', '=', 'creating'),
  );
  if (account === undefined) return false;
  if (account.invite_digest !== null) {
    yield db
      .updateTable('authentication_invites')
      .set((column) => ({ uses_left: column('uses_left', '+', 1) }))
      .where('code_digest', '=', account.invite_digest);
  }
  yield db.deleteFrom('authentication_identities').where('account_id', '=', args.accountId);
  yield db.deleteFrom('authentication_accounts').where('account_id', '=', args.accountId);
  return true;
});

/** The username is secured: the account is whole, and the mail that asks for confirmation is on its way. Twice is once. */
export const settle = script(
  MODULE,
  'settle',
  function* (args: { accountId: string; ticket: TicketsTable | null; mail: MailsTable | null }) {
    const account = yield* rowOf<AccountsTable>(
      db
        .selectFrom('authentication_accounts')
        .selectAll()
        .where('account_id', '=', args.accountId)
        .where('state', '=', 'creating'),
    );
    if (account === undefined) return false;
    const whole = account.confirmed === 1 && account.approved === 1;
    yield db
      .updateTable('authentication_accounts')
      .set({ state: whole ? 'active' : 'pending' })
      .where('account_id', '=', args.accountId);
    if (args.ticket !== null) yield db.insertInto('authentication_tickets').values(args.ticket);
    if (args.mail !== null) yield db.insertInto('authentication_mails').values(args.mail);
    return true;
  },
);
