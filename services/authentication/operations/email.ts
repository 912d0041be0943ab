import type { AuthenticationService } from '#contracts/services/authentication.ts';
import { invalid, PlazaError } from '#platform/errors/errors.ts';
import { LIFETIMES, SIGN_IN_LIMITS } from '#policies/limits/sign-in.ts';
import { callingPerson } from '../access.ts';
import { LETTERS, MAIL_PATHS } from '../mail/texts.ts';
import { notifyPerson } from '../notices.ts';
import type { Parts } from '../parts.ts';
import { confirmationOf } from '../people.ts';
import { provePassword } from '../proof.ts';
import { confirmAddress, replaceAddress } from '../scripts/accounts.ts';
import { emailAddress, emailIndex, sealEmail, unsealEmail } from '../secrets/email-address.ts';
import { tellState } from '../state-telling.ts';
import { type AccountsTable, db } from '../store/tables.ts';

/** A person, about themselves. */
export function getCredentials(
  parts: Pick<Parts, 'accounts' | 'sessionStore' | 'sealer' | 'config'>,
): AuthenticationService['getCredentials'] {
  const { accounts, sealer, config } = parts;
  return async (_input, context) => {
    const { account } = await callingPerson(context, parts);
    const identities = await accounts.identitiesOf(account.account_id);
    return {
      email: unsealEmail(account.email_sealed, account.account_id, sealer),
      confirmed: account.confirmed === 1,
      secondFactor: account.totp_enabled === 1,
      socialProviders: identities.map(({ issuer }) => (issuer === config.oidc?.issuer ? config.oidc.name : issuer)),
    };
  };
}

type EmailParts = Pick<
  Parts,
  'accounts' | 'sessionStore' | 'relational' | 'sealer' | 'tickets' | 'mail' | 'throttle' | 'clock'
>;

/** A person, with their password. The address changes when its mailbox has answered; at once where no mail is sent. */
export function requestEmailChange(
  parts: EmailParts & Pick<Parts, 'hasher' | 'user'>,
): AuthenticationService['requestEmailChange'] {
  const { accounts, sealer, tickets, mail, throttle } = parts;
  return async (input, context) => {
    const { account } = await callingPerson(context, parts);
    const email = emailAddress(input.email);
    await provePassword(account, input.password, parts);
    const index = emailIndex(email, sealer);
    const holder = await accounts.byEmailIndex(index);
    if (holder !== undefined && holder.account_id !== account.account_id) throw taken();
    if (!mail.enabled) {
      await useAddress(account.account_id, email, parts);
      return {};
    }
    await throttle.count([{ purpose: 'mail', subject: index, limit: SIGN_IN_LIMITS.mailsPerAddress }]);
    const accountId = account.account_id;
    const options = { accountId, lifetimeMs: LIFETIMES.emailConfirmationMs, tries: 10 };
    const { token, row } = tickets.make('change-email', { email }, options);
    const letter = LETTERS.changeEmail(account.username, mail.link(MAIL_PATHS.confirm, token));
    await parts.relational.batch([
      { query: db.insertInto('authentication_tickets').values(row) },
      { query: db.insertInto('authentication_mails').values(mail.make(accountId, email, letter)!) },
    ]);
    mail.wake();
    return {};
  };
}

/** Whoever holds the token of a mail: proof of the mailbox, for a new account or a new address. Opening it twice does no harm. */
export function confirmEmail(parts: EmailParts & Pick<Parts, 'user'>): AuthenticationService['confirmEmail'] {
  const { accounts, relational, sealer, tickets } = parts;
  return async ({ token }) => {
    const first = await tickets.attempt('confirm-email', token);
    if (first?.accountId != null) {
      const { accountId } = first;
      const account = await relational.run(confirmAddress, {
        accountId,
        emailIndex: emailIndex(first.content.email, sealer),
      });
      if (account === undefined) throw tooLate();
      await tellState(accountId, parts);
      return { accountId };
    }
    const change = await tickets.attempt('change-email', token);
    const before = change?.accountId ? await accounts.byId(change.accountId) : undefined;
    if (change === undefined || before === undefined) throw tooLate();
    await useAddress(before.account_id, change.content.email, parts);
    await notifyPerson(before, LETTERS.emailChanged(before.username), parts);
    return { accountId: before.account_id };
  };
}

async function useAddress(
  accountId: string,
  email: string,
  parts: Pick<Parts, 'relational' | 'sealer' | 'accounts' | 'user' | 'clock'>,
): Promise<void> {
  const { relational, sealer } = parts;
  await relational.run(replaceAddress, {
    accountId,
    emailIndex: emailIndex(email, sealer),
    emailSealed: sealEmail(email, accountId, sealer),
    confirmed: true,
  });
  await tellState(accountId, parts);
}

/**
 * A person who has not confirmed yet, who may also mend a mistyped address; or anyone who types an address, and learns nothing about it.
 */
export function resendConfirmation(parts: EmailParts): AuthenticationService['resendConfirmation'] {
  const { accounts, relational, sealer, mail, throttle } = parts;

  const send = async (account: AccountsTable | undefined) => {
    const { ticket, mail: letter } =
      account === undefined || account.state === 'creating'
        ? { ticket: null, mail: null }
        : confirmationOf(account, parts);
    if (ticket === null || letter === null) return;
    await relational.batch([
      { query: db.insertInto('authentication_tickets').values(ticket) },
      { query: db.insertInto('authentication_mails').values(letter) },
    ]);
    mail.wake();
  };

  return async ({ email }, context) => {
    const index = email === null ? undefined : emailIndex(email, sealer);
    const count = (subject: string) =>
      throttle.count([{ purpose: 'mail', subject, limit: SIGN_IN_LIMITS.mailsPerAddress }]);
    if (context.caller.kind !== 'account') {
      if (index === undefined) throw invalid('email', 'ERR_BLANK', "E-mail can't be blank");
      await count(index);
      await send(await accounts.byEmailIndex(index));
      return {};
    }
    const account = await accounts.byId(context.caller.accountId);
    if (account === undefined || account.confirmed === 1)
      throw new PlazaError('forbidden', 'This method is only available while the e-mail is awaiting confirmation');
    await count(account.account_id);
    if (email === null || index === account.email_index) {
      await send(account);
      return {};
    }
    const address = emailAddress(email);
    const holder = await accounts.byEmailIndex(index!);
    if (holder !== undefined) throw taken();
    const { account_id: accountId } = account;
    const emailSealed = sealEmail(address, accountId, sealer);
    await send(await relational.run(replaceAddress, { accountId, emailIndex: index!, emailSealed, confirmed: false }));
    return {};
  };
}

function taken(): PlazaError {
  return invalid('email', 'ERR_TAKEN', 'E-mail has already been taken');
}

function tooLate(): PlazaError {
  return new PlazaError('gone', 'This link was used already or is too old; ask for a new one');
}
