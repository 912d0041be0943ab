import { SIGN_IN_LIMITS } from '#policies/limits/sign-in.ts';
import type { Parts } from '../parts.ts';
import { type AccountsTable, db } from '../store/tables.ts';
import { recoveryIndex } from './recovery-codes.ts';
import { totpStep } from './totp.ts';

type CheckParts = Pick<Parts, 'relational' | 'sealer' | 'clock' | 'throttle'>;

/** Whether the code is right, a TOTP code or a recovery code. Either is used up by it, also when two requests bring it at the same time. */
export async function useSecondFactor(account: AccountsTable, code: string, parts: CheckParts): Promise<boolean> {
  const attempt = {
    purpose: 'second factor',
    subject: account.account_id,
    limit: SIGN_IN_LIMITS.secondFactorPerAccount,
  };
  await parts.throttle.count([attempt]);
  const typed = code.replace(/\s/g, '');
  const right = /^[0-9]{6}$/.test(typed)
    ? await useTotp(account, typed, parts)
    : await useRecoveryCode(account.account_id, typed, parts);
  if (right) await parts.throttle.forgive([attempt]);
  return right;
}

/** A step counts once: its code, or an earlier one, seen over a shoulder opens nothing. */
async function useTotp(
  account: AccountsTable,
  code: string,
  { relational, sealer, clock }: CheckParts,
): Promise<boolean> {
  if (account.totp_sealed === null) return false;
  const step = totpStep(openTotp(account, sealer), code, clock.now());
  if (step === undefined) return false;
  const [outcome] = await relational.batch([
    {
      query: db
        .updateTable('authentication_accounts')
        .set({ totp_step: step })
        .where('account_id', '=', account.account_id)
        .where('totp_sealed', '=', account.totp_sealed)
        .where('totp_step', '<', step),
    },
  ]);
  return outcome!.changed === 1;
}

async function useRecoveryCode(accountId: string, code: string, { relational, sealer }: CheckParts): Promise<boolean> {
  const [outcome] = await relational.batch([
    {
      query: db
        .deleteFrom('authentication_recovery_codes')
        .where('account_id', '=', accountId)
        .where('code_index', '=', recoveryIndex(accountId, code, sealer)),
    },
  ]);
  return outcome!.changed === 1;
}

export function openTotp(account: AccountsTable, sealer: Parts['sealer']): string {
  return sealer.unseal(account.totp_sealed!, totpPlace(account.account_id));
}

export function totpPlace(accountId: string) {
  return { column: 'authentication_accounts.totp', rowId: accountId };
}
