import type { AuthenticationService } from '#contracts/services/authentication.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { LIFETIMES, SIGN_IN_LIMITS } from '#policies/limits/sign-in.ts';
import { callingPerson, notSignedIn } from '../access.ts';
import { LETTERS, MAIL_PATHS } from '../mail/texts.ts';
import { notifyPerson } from '../notices.ts';
import type { Parts } from '../parts.ts';
import { checkPassword } from '../passwords/rules.ts';
import { provePassword } from '../proof.ts';
import { replacePassword } from '../scripts/accounts.ts';
import { useSecondFactor } from '../second-factor/check.ts';
import { wrongCode } from '../second-factor/wrong-code.ts';
import { emailIndex, unsealEmail } from '../secrets/email-address.ts';
import { isWhole } from '../sign-in-proof.ts';
import { db } from '../store/tables.ts';

/** The caller, whatever they are signed in with: proof for a dangerous act elsewhere. A code is checked where it is given and a second factor is on. */
export function verifyPassword(
  parts: Pick<Parts, 'accounts' | 'hasher' | 'throttle' | 'relational' | 'sealer' | 'clock'>,
): AuthenticationService['verifyPassword'] {
  return async ({ password, code }, { caller }) => {
    const account = caller.kind === 'account' ? await parts.accounts.byId(caller.accountId) : undefined;
    if (account === undefined) throw notSignedIn();
    await provePassword(account, password, parts);
    if (code !== undefined && account.totp_enabled === 1 && !(await useSecondFactor(account, code, parts)))
      throw wrongCode();
    return {};
  };
}

type ChangeParts = Pick<
  Parts,
  | 'accounts'
  | 'sessionStore'
  | 'hasher'
  | 'throttle'
  | 'isCommon'
  | 'relational'
  | 'sealer'
  | 'clock'
  | 'mail'
  | 'wakeRelay'
>;

/** A person, with the password until now. Everything else that is signed in as them ends. */
export function changePassword(parts: ChangeParts): AuthenticationService['changePassword'] {
  const { hasher, isCommon, relational, clock, wakeRelay, sealer } = parts;
  return async ({ current, next }, context) => {
    const { account, session } = await callingPerson(context, parts);
    await provePassword(account, current, parts);
    const accountId = account.account_id;
    const email = unsealEmail(account.email_sealed, accountId, sealer);
    await checkPassword(next, { username: account.username, email }, isCommon);
    const passwordHash = await hasher.hash(next);
    await relational.run(replacePassword, {
      accountId,
      passwordHash,
      exceptSessionId: session.session_id,
      nowMs: clock.now(),
    });
    wakeRelay();
    await notifyPerson(account, LETTERS.passwordChanged(account.username), parts);
    return {};
  };
}

/** Anyone. The answer, and the work that is waited for, are the same whether or not the address is known. */
export function requestPasswordReset(
  parts: Pick<Parts, 'accounts' | 'sealer' | 'tickets' | 'mail' | 'relational' | 'throttle'>,
): AuthenticationService['requestPasswordReset'] {
  const { accounts, sealer, tickets, mail, relational, throttle } = parts;
  return async ({ email }) => {
    const index = emailIndex(email, sealer);
    await throttle.count([{ purpose: 'mail', subject: index, limit: SIGN_IN_LIMITS.mailsPerAddress }]);
    if (!mail.enabled) return {};
    const found = await accounts.byEmailIndex(index);
    const account = isWhole(found) && found.state !== 'suspended' ? found : undefined;
    const accountId = account?.account_id ?? null;
    const { token, row } = tickets.make(
      'password-reset',
      {},
      { accountId, lifetimeMs: account === undefined ? 0 : LIFETIMES.passwordResetMs, tries: 20 },
    );
    const letter = LETTERS.resetPassword(account?.username ?? '', mail.link(MAIL_PATHS.resetPassword, token));
    const to = account === undefined ? null : unsealEmail(account.email_sealed, account.account_id, sealer);
    const steps = [{ query: db.insertInto('authentication_tickets').values(row) }];
    const letterRow = to === null ? null : mail.make(accountId, to, letter);
    await relational.batch(
      letterRow === null ? steps : [...steps, { query: db.insertInto('authentication_mails').values(letterRow) }],
    );
    mail.wake();
    return {};
  };
}

/** Whoever holds the token of the mail. It works once; every session ends, for whoever took the account over may be signed in. */
export function resetPassword(
  parts: Omit<ChangeParts, 'sessionStore' | 'throttle'> & Pick<Parts, 'tickets'>,
): AuthenticationService['resetPassword'] {
  const { tickets, accounts, sealer, isCommon, hasher, relational, clock, wakeRelay } = parts;
  return async ({ token, password }) => {
    const ticket = await tickets.attempt('password-reset', token);
    const account = ticket?.accountId ? await accounts.byId(ticket.accountId) : undefined;
    if (ticket === undefined || account === undefined) throw tooLate();
    const accountId = account.account_id;
    const email = unsealEmail(account.email_sealed, accountId, sealer);
    await checkPassword(password, { username: account.username, email }, isCommon);
    const passwordHash = await hasher.hash(password);
    if (!(await tickets.spend(ticket))) throw tooLate();
    await relational.run(replacePassword, { accountId, passwordHash, exceptSessionId: null, nowMs: clock.now() });
    wakeRelay();
    await notifyPerson(account, LETTERS.passwordChanged(account.username), parts);
    return {};
  };
}

function tooLate(): PlazaError {
  return new PlazaError('gone', 'This link was used already or is too old; ask for a new one');
}
