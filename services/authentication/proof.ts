import { PlazaError } from '#platform/errors/errors.ts';
import { SIGN_IN_LIMITS } from '#policies/limits/sign-in.ts';
import type { Parts } from './parts.ts';
import type { AccountsTable } from './store/tables.ts';

/** Raises `forbidden` unless the password is the account's: whoever holds a session need not be the person. */
export async function provePassword(
  account: AccountsTable,
  password: string,
  { hasher, throttle }: Pick<Parts, 'hasher' | 'throttle'>,
): Promise<void> {
  const attempt = { purpose: 'password proof', subject: account.account_id, limit: SIGN_IN_LIMITS.passwordProof };
  await throttle.count([attempt]);
  if (!(await hasher.verify(account.password_hash, password))) throw new PlazaError('forbidden', 'Wrong password');
  await throttle.forgive([attempt]);
}
