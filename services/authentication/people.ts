import { serviceContext } from '#platform/calls/context.ts';
import { invalid, PlazaError } from '#platform/errors/errors.ts';
import { LIFETIMES } from '#policies/limits/sign-in.ts';
import { LETTERS, MAIL_PATHS } from './mail/texts.ts';
import type { Parts } from './parts.ts';
import { abandon, type Reserved, reserve, settle } from './scripts/sign-up.ts';
import { emailIndex, sealEmail, unsealEmail } from './secrets/email-address.ts';
import { SERVICE } from './store/session-events.ts';
import type { AccountsTable } from './store/tables.ts';

/** Who is to be made. What is not said here is as for anybody who signs up. */
export interface NewPerson {
  readonly username: string;
  readonly email: string | null;
  readonly passwordHash: string | null;
  readonly role: string;
  readonly confirmed: boolean;
  readonly approved: boolean;
  readonly locale: string;
  readonly reason: string;
  readonly inviteDigest: string | null;
  readonly identity: { readonly issuer: string; readonly subject: string } | null;
}

type Tools = Pick<Parts, 'relational' | 'accounts' | 'user' | 'ids' | 'clock' | 'sealer' | 'tickets' | 'mail'>;

/**
 * Makes a person across two services without ever leaving half of one: the credentials are kept first (`creating`), the user service then
 * secures the username under the same account id, as often as needed, and only then can anybody sign in. What a crash leaves `creating` is
 * finished or removed by the sweeper, with the very same steps.
 */
export async function createPerson(person: NewPerson, tools: Tools): Promise<AccountsTable> {
  const { relational, ids, clock, sealer } = tools;
  const accountId = ids.next();
  const nowMs = clock.now();
  const account: AccountsTable = {
    account_id: accountId,
    username: person.username,
    email_index: person.email === null ? null : emailIndex(person.email, sealer),
    email_sealed: person.email === null ? null : sealEmail(person.email, accountId, sealer),
    password_hash: person.passwordHash,
    role: person.role,
    state: 'creating',
    confirmed: person.confirmed ? 1 : 0,
    approved: person.approved ? 1 : 0,
    locale: person.locale,
    reason_sealed: person.reason === '' ? null : sealer.seal(person.reason, reasonPlace(accountId)),
    invite_digest: person.inviteDigest,
    totp_sealed: null,
    totp_enabled: 0,
    totp_step: 0,
    state_to_tell: null,
    created_ms: nowMs,
  };
  const identity = person.identity === null ? null : { ...person.identity, account_id: accountId, created_ms: nowMs };
  const reserved = await relational.run(reserve, { account, identity, nowMs });
  if (reserved !== 'reserved') throw refusedReservation(reserved);
  return finishPerson(account, tools);
}

/** The steps after the reservation. Repeating them is harmless. `validation_failed` when the username is taken; then nothing remains. */
export async function finishPerson(account: AccountsTable, tools: Tools): Promise<AccountsTable> {
  const { relational, user, clock } = tools;
  const state = account.confirmed === 1 && account.approved === 1 ? 'active' : 'pending';
  const { account_id: accountId, username, locale } = account;
  try {
    await user.createAccount({ accountId, username, state, locale }, serviceContext(SERVICE, clock));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await relational.run(abandon, { accountId });
    if (error.code === 'conflict') throw invalid('username', 'ERR_TAKEN', 'Username has already been taken');
    throw error;
  }
  const confirmation = confirmationOf(account, tools);
  await relational.run(settle, { accountId, ...confirmation });
  if (confirmation.mail !== null) tools.mail.wake();
  return { ...account, state };
}

/** The ticket and the mail with which a person confirms their address; nothing when there is nothing to confirm. */
export function confirmationOf(
  account: AccountsTable,
  { tickets, mail, sealer }: Pick<Tools, 'tickets' | 'mail' | 'sealer'>,
) {
  const email = unsealEmail(account.email_sealed, account.account_id, sealer);
  if (account.confirmed === 1 || email === null || !mail.enabled) return { ticket: null, mail: null };
  const { token, row } = tickets.make(
    'confirm-email',
    { email },
    { accountId: account.account_id, lifetimeMs: LIFETIMES.emailConfirmationMs, tries: 10 },
  );
  const letter = LETTERS.confirmEmail(account.username, mail.link(MAIL_PATHS.confirm, token));
  return { ticket: row, mail: mail.make(account.account_id, email, letter) };
}

export function reasonPlace(accountId: string) {
  return { column: 'authentication_accounts.reason', rowId: accountId };
}

/** The user service said no, rather than nothing. */
function isRefusal(error: unknown): error is PlazaError {
  return error instanceof PlazaError && error.status < 500 && error.code !== 'rate_limited';
}

function refusedReservation(reserved: Exclude<Reserved, 'reserved'>): PlazaError {
  switch (reserved) {
    case 'email_taken':
      return invalid('email', 'ERR_TAKEN', 'E-mail has already been taken');
    case 'identity_taken':
      return new PlazaError('conflict', 'This sign-in already belongs to an account');
    case 'invite_refused':
      return invalid('invite_code', 'ERR_INVALID', 'The invitation is unknown, used up or too old');
  }
}
