/** Transactions about accounts whose parts must change together. */
import { PlazaError } from '#platform/errors/errors.ts';
import { type Query, rowOf, script, type WriteOutcome } from '#ports/relational/port.ts';
import { type AccountsTable, db } from '../store/tables.ts';
import { bumpRevisions, endSessionsOf, forgetCodesOf } from './sessions.ts';

const MODULE = import.meta.url;
type Steps<R> = Generator<Query, R, WriteOutcome>;

function* accountOf(accountId: string): Steps<AccountsTable | undefined> {
  return yield* rowOf<AccountsTable>(
    db.selectFrom('authentication_accounts').selectAll().where('account_id', '=', accountId),
  );
}

function change(accountId: string, columns: Partial<AccountsTable>): Query {
  return db.updateTable('authentication_accounts').set(columns).where('account_id', '=', accountId);
}

/** A new password: sessions, codes, and the tickets that the old one earned end with it. */
export const replacePassword = script(
  MODULE,
  'replacePassword',
  function* (args: { accountId: string; passwordHash: string; exceptSessionId: string | null; nowMs: number }) {
    yield change(args.accountId, { password_hash: args.passwordHash });
    yield db
      .deleteFrom('authentication_tickets')
      .where('account_id', '=', args.accountId)
      .where('kind', 'in', ['password-reset', 'second-factor', 'change-email']);
    yield* forgetCodesOf(args.accountId);
    yield* endSessionsOf(args.accountId, args.nowMs, args);
  },
);

/** Where an account stands after a confirmation, an approval, or the end of a suspension. */
function settled(account: Pick<AccountsTable, 'confirmed' | 'approved'>): 'active' | 'pending' {
  return account.confirmed === 1 && account.approved === 1 ? 'active' : 'pending';
}

/** Notes that the address is the person's, if it still is the account's address. Answers the account as it then is. */
export const confirmAddress = script(
  MODULE,
  'confirmAddress',
  function* (args: { accountId: string; emailIndex: string }) {
    const account = yield* accountOf(args.accountId);
    if (account === undefined || account.email_index !== args.emailIndex) return undefined;
    return yield* advance(account, { confirmed: 1 });
  },
);

export const approveAccount = script(MODULE, 'approveAccount', function* (args: { accountId: string }) {
  const account = yield* accountOf(args.accountId);
  return account === undefined ? undefined : yield* advance(account, { approved: 1 });
});

/** A step on the way from `pending` to `active`. */
function* advance(account: AccountsTable, step: Partial<AccountsTable>): Steps<AccountsTable> {
  const next = { ...account, ...step };
  if (account.state === 'pending' && settled(next) === 'active') {
    next.state = 'active';
    next.state_to_tell = 'active';
  }
  yield change(account.account_id, {
    confirmed: next.confirmed,
    approved: next.approved,
    state: next.state,
    state_to_tell: next.state_to_tell,
  });
  yield bumpRevisions(account.account_id);
  return next;
}

/** Another address, which its person has confirmed (or need not). `conflict` when somebody else has it meanwhile. */
export const replaceAddress = script(
  MODULE,
  'replaceAddress',
  function* (args: { accountId: string; emailIndex: string; emailSealed: string; confirmed: boolean }) {
    const holder = yield* rowOf<{ account_id: string }>(
      db.selectFrom('authentication_accounts').select('account_id').where('email_index', '=', args.emailIndex),
    );
    if (holder !== undefined && holder.account_id !== args.accountId)
      throw new PlazaError('conflict', 'E-mail has already been taken');
    yield change(args.accountId, { email_index: args.emailIndex, email_sealed: args.emailSealed });
    // Links that went to the address until now must not work for the new one, nor reset the password.
    yield db
      .deleteFrom('authentication_tickets')
      .where('account_id', '=', args.accountId)
      .where('kind', 'in', ['password-reset', 'confirm-email', 'change-email']);
    const account = yield* accountOf(args.accountId);
    if (account === undefined || !args.confirmed) return account;
    return yield* advance(account, { confirmed: 1 });
  },
);

/** Ends everything that is signed in as the account, and lets nobody in. */
export const suspendAccount = script(
  MODULE,
  'suspendAccount',
  function* (args: { accountId: string; tell: boolean; nowMs: number }) {
    yield change(args.accountId, { state: 'suspended', ...(args.tell ? { state_to_tell: 'suspended' } : {}) });
    yield db.deleteFrom('authentication_tickets').where('account_id', '=', args.accountId);
    yield* forgetCodesOf(args.accountId);
    return yield* endSessionsOf(args.accountId, args.nowMs);
  },
);

export const unsuspendAccount = script(
  MODULE,
  'unsuspendAccount',
  function* (args: { accountId: string; tell: boolean }) {
    const account = yield* accountOf(args.accountId);
    if (account?.state !== 'suspended') return false;
    const state = settled(account);
    yield change(args.accountId, { state, ...(args.tell ? { state_to_tell: state } : {}) });
    return true;
  },
);

export const changeRole = script(MODULE, 'changeRole', function* (args: { accountId: string; role: string }) {
  yield change(args.accountId, { role: args.role });
  yield bumpRevisions(args.accountId);
});

/** A custom role; whoever has it may at once what it says now. */
export const storeRole = script(MODULE, 'storeRole', function* (args: { name: string; permissions: string }) {
  yield db
    .insertInto('authentication_roles')
    .values(args)
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ permissions: args.permissions }));
  yield db
    .updateTable('authentication_sessions')
    .set((column) => ({ revision: column('revision', '+', 1) }))
    .where('account_id', 'in', (nested) =>
      nested.selectFrom('authentication_accounts').select('account_id').where('role', '=', args.name),
    );
});

/** Forgets a person. Twice is once. */
export const forgetAccount = script(MODULE, 'forgetAccount', function* (args: { accountId: string; nowMs: number }) {
  yield* endSessionsOf(args.accountId, args.nowMs);
  yield db.deleteFrom('authentication_codes').where('account_id', '=', args.accountId);
  yield db.deleteFrom('authentication_tickets').where('account_id', '=', args.accountId);
  yield db.deleteFrom('authentication_recovery_codes').where('account_id', '=', args.accountId);
  yield db.deleteFrom('authentication_identities').where('account_id', '=', args.accountId);
  yield db.deleteFrom('authentication_mails').where('account_id', '=', args.accountId);
  yield db.deleteFrom('authentication_accounts').where('account_id', '=', args.accountId);
});
