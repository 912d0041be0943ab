import type { AuthenticationService } from '#contracts/services/authentication.ts';
import { invalid, PlazaError } from '#platform/errors/errors.ts';
import { callingPerson } from '../access.ts';
import { LETTERS } from '../mail/texts.ts';
import { notifyPerson } from '../notices.ts';
import type { Parts } from '../parts.ts';
import { provePassword } from '../proof.ts';
import { linkIdentity } from '../scripts/identities.ts';
import { openTotp, totpPlace, useSecondFactor } from '../second-factor/check.ts';
import { newRecoveryCodes, recoveryIndex } from '../second-factor/recovery-codes.ts';
import { newTotpSecret, totpStep, totpUri } from '../second-factor/totp.ts';
import { wrongCode } from '../second-factor/wrong-code.ts';
import { enter } from '../sign-in-proof.ts';
import { db } from '../store/tables.ts';

type SettingsParts = Pick<
  Parts,
  'accounts' | 'sessionStore' | 'relational' | 'sealer' | 'clock' | 'throttle' | 'hasher' | 'mail' | 'log'
>;

/** Whoever holds a challenge: the password was right a moment ago. Few tries, then the password again. */
export function completeSecondFactor(
  parts: Pick<Parts, 'tickets' | 'accounts' | 'relational' | 'sealer' | 'clock' | 'throttle' | 'sessions' | 'user'>,
): AuthenticationService['completeSecondFactor'] {
  const { tickets, accounts, relational, clock } = parts;
  return async (input) => {
    const ticket = await tickets.attempt('second-factor', input.challenge);
    const account = ticket?.accountId ? await accounts.byId(ticket.accountId) : undefined;
    if (ticket === undefined || account === undefined || account.totp_enabled === 0)
      throw new PlazaError('gone', 'Enter your password again');
    if (!(await useSecondFactor(account, input.code, parts))) throw wrongCode();
    if (!(await tickets.spend(ticket))) throw new PlazaError('gone', 'Enter your password again');
    if (ticket.content.link !== null)
      await relational.run(linkIdentity, {
        ...ticket.content.link,
        accountId: account.account_id,
        nowMs: clock.now(),
      });
    return { status: 'signed_in', session: await enter(account, input, parts) };
  };
}

/** A person, with their password: a secret for their authenticator app, which counts only after `enableSecondFactor`. */
export function beginSecondFactor(
  parts: SettingsParts & Pick<Parts, 'random' | 'config'>,
): AuthenticationService['beginSecondFactor'] {
  const { accounts, sealer, random, config } = parts;
  return async ({ password }, context) => {
    const { account } = await callingPerson(context, parts);
    await provePassword(account, password, parts);
    const secret = newTotpSecret(random);
    const totp_sealed = sealer.seal(secret, totpPlace(account.account_id));
    const begun = await accounts.update(account.account_id, { totp_sealed, totp_step: 0 }, { totp_enabled: 0 });
    if (!begun) throw new PlazaError('conflict', 'The second factor is already on');
    return { secret, uri: totpUri(secret, new URL(config.origin).host, account.username) };
  };
}

/** A person whose app shows the right code. The recovery codes are shown this once. */
export function enableSecondFactor(
  parts: SettingsParts & Pick<Parts, 'random'>,
): AuthenticationService['enableSecondFactor'] {
  const { relational, sealer, clock, random } = parts;
  return async ({ code }, context) => {
    const { account } = await callingPerson(context, parts);
    const accountId = account.account_id;
    if (account.totp_sealed === null || account.totp_enabled === 1)
      throw new PlazaError('conflict', 'Begin with a new secret');
    const step = totpStep(openTotp(account, sealer), code.replace(/\s/g, ''), clock.now());
    if (step === undefined) throw invalid('code', 'ERR_INVALID', 'The code is wrong; is the clock of the phone right?');
    const recoveryCodes = newRecoveryCodes(random);
    await relational.batch([
      {
        query: db
          .updateTable('authentication_accounts')
          .set({ totp_enabled: 1, totp_step: step })
          .where('account_id', '=', accountId)
          .where('totp_enabled', '=', 0)
          .where('totp_sealed', '=', account.totp_sealed),
        expect: 1,
      },
      { query: db.deleteFrom('authentication_recovery_codes').where('account_id', '=', accountId) },
      {
        query: db.insertInto('authentication_recovery_codes').values(
          recoveryCodes.map((recovery) => ({
            account_id: accountId,
            code_index: recoveryIndex(accountId, recovery, sealer),
          })),
        ),
      },
    ]);
    await notifyPerson(account, LETTERS.secondFactorChanged(account.username, true), parts);
    return { recoveryCodes };
  };
}

/** A person, with both factors. */
export function disableSecondFactor(parts: SettingsParts): AuthenticationService['disableSecondFactor'] {
  return async ({ password, code }, context) => {
    const { account } = await callingPerson(context, parts);
    await provePassword(account, password, parts);
    if (account.totp_enabled === 1) {
      if (!(await useSecondFactor(account, code, parts))) throw wrongCode();
      await notifyPerson(account, LETTERS.secondFactorChanged(account.username, false), parts);
    }
    await parts.relational.batch([
      {
        query: db
          .updateTable('authentication_accounts')
          .set({ totp_enabled: 0, totp_sealed: null, totp_step: 0 })
          .where('account_id', '=', account.account_id),
      },
      { query: db.deleteFrom('authentication_recovery_codes').where('account_id', '=', account.account_id) },
    ]);
    return {};
  };
}
