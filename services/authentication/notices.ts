import type { Letter } from './mail/texts.ts';
import type { Parts } from './parts.ts';
import { unsealEmail } from './secrets/email-address.ts';
import type { AccountsTable } from './store/tables.ts';

/** Tells a person by mail what was done to their account, where there is mail and a confirmed address. */
export async function notifyPerson(
  account: AccountsTable,
  letter: Letter,
  { mail, sealer }: Pick<Parts, 'mail' | 'sealer'>,
): Promise<void> {
  const email = unsealEmail(account.email_sealed, account.account_id, sealer);
  if (email !== null && account.confirmed === 1) await mail.send(account.account_id, email, letter);
}
