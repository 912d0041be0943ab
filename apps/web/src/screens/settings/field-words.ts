import type { RefusalKeys } from '../../ui/refusal-keys.ts';
import { refusalWords } from '../../ui/refusal-words.ts';

/** What a code of the server means at a field, in whatever form it is asked for. */
const SHARED: RefusalKeys = {
  'current_password ERR_INVALID': 'wrong.password',
  'password ERR_INVALID': 'wrong.password',
  'password ERR_TOO_SHORT': 'wrong.passwordShort',
  'code ERR_INVALID': 'wrong.code',
  'email ERR_INVALID': 'wrong.email',
  'email ERR_TAKEN': 'wrong.emailTaken',
  'username ERR_INVALID': 'wrong.username',
  'username ERR_RESERVED': 'wrong.usernameTaken',
  'username ERR_TAKEN': 'wrong.usernameTaken',
  'username ERR_TOO_LONG': 'wrong.username',
  'username ERR_TOO_SOON': 'wrong.usernameTooSoon',
};

/** What a failure says of the fields that a form has; `own` is what a code means in this form alone. */
export function fieldWords(
  error: unknown,
  fields: readonly string[],
  own?: RefusalKeys,
): Readonly<Record<string, string>> {
  const words = Object.entries(refusalWords(error, { ...SHARED, ...own }));
  return Object.fromEntries(words.filter(([field]) => fields.includes(field)));
}
