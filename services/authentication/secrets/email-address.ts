import { PlazaError } from '#platform/errors/errors.ts';
import type { Sealer } from './sealer.ts';

const EMAIL_COLUMN = 'authentication_accounts.email';
const MAX_CHARACTERS = 254;
/** One `@`, no spaces, quotes, brackets or control characters, a dot in the domain: what mail servers of today accept. */
const SHAPE =
  /^[^\s@"<>()[\]\\,;:\p{Cc}]{1,64}@(?:[^\s@"<>()[\]\\,;:\p{Cc}.]{1,63}\.)+[^\s@"<>()[\]\\,;:\p{Cc}.]{2,63}$/u;

/** The address as typed, trimmed; `validation_failed` when it is none. */
export function emailAddress(text: string, field = 'email'): string {
  const address = text.trim().normalize('NFC');
  if (address === '') throw refused(field, 'ERR_BLANK', "E-mail can't be blank");
  if (address.length > MAX_CHARACTERS || !SHAPE.test(address) || /^\.|\.\.|\.@/.test(address))
    throw refused(field, 'ERR_INVALID', 'E-mail is not an address');
  return address;
}

/** Two spellings of one mailbox are one address: letter case does not tell people apart. */
export function emailIndex(address: string, sealer: Sealer): string {
  return sealer.blind('email', address.trim().normalize('NFC').toLowerCase());
}

export function sealEmail(address: string, accountId: string, sealer: Sealer): string {
  return sealer.seal(address, { column: EMAIL_COLUMN, rowId: accountId });
}

export function unsealEmail(sealed: string | null, accountId: string, sealer: Sealer): string | null {
  return sealed === null ? null : sealer.unseal(sealed, { column: EMAIL_COLUMN, rowId: accountId });
}

function refused(field: string, error: string, description: string): PlazaError {
  return new PlazaError('validation_failed', `Validation failed: ${description}`, {
    description,
    details: { [field]: [{ error, description }] },
  });
}
