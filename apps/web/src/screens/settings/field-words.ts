import { ApiFailure } from '../../api/failure.ts';
import { type MessageKey, t } from '../../i18n/translate.ts';

/** What a code of the server means at a field. */
const WORDS: Readonly<Record<string, MessageKey>> = {
  'current_password ERR_INVALID': 'wrong.password',
  'password ERR_INVALID': 'wrong.password',
  'password ERR_TOO_SHORT': 'wrong.passwordShort',
  'code ERR_INVALID': 'wrong.code',
  'email ERR_INVALID': 'wrong.email',
  'email ERR_TAKEN': 'wrong.emailTaken',
  'username ERR_INVALID': 'wrong.username',
  'username ERR_TAKEN': 'wrong.usernameTaken',
  'username ERR_RESERVED': 'wrong.usernameTaken',
};

/** What a failure says of the fields of a form: in the language that is shown where the code is known, else in words of the server. */
export function fieldWords(error: unknown, fields: readonly string[]): Readonly<Record<string, string>> {
  if (!(error instanceof ApiFailure)) return {};
  const words: Record<string, string> = {};
  for (const field of fields) {
    const code = error.codes[field];
    if (code === undefined) continue;
    const key = code === 'ERR_BLANK' ? 'wrong.blank' : WORDS[`${field} ${code}`];
    words[field] = key === undefined ? error.fields[field]! : t(key);
  }
  return words;
}
