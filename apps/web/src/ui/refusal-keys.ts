import type { ApiFailure } from '../api/failure.ts';
import type { MessageKey } from '../i18n/translate.ts';

/** What codes of the server mean at the fields of a form: `'username ERR_TAKEN'`. */
export type RefusalKeys = Readonly<Record<string, MessageKey>>;

/** What is wrong with a field: a text of the catalogue, or, where its code means nothing here, words of the server. */
export type Refusal = { readonly key: MessageKey } | { readonly text: string };

/** Codes that mean the same at every field. */
const ANYWHERE: RefusalKeys = {
  ERR_BLANK: 'refused.blank',
  ERR_LIMIT: 'refused.tooMany',
  ERR_TOO_LARGE: 'refused.tooLarge',
  ERR_TOO_LONG: 'refused.tooLong',
  ERR_TOO_MANY: 'refused.tooMany',
  ERR_UNSUPPORTED: 'refused.unsupported',
};

/** What a failure says of fields, by their names; `own` are the words of a form, which go before the general ones. */
export function refusalsOf({ codes, fields }: ApiFailure, own: RefusalKeys = {}): Readonly<Record<string, Refusal>> {
  const named = Object.entries(codes).map(([field, code]): [string, Refusal] => {
    const key = own[`${field} ${code}`] ?? ANYWHERE[code];
    return [field, key === undefined ? { text: fields[field]! } : { key }];
  });
  return Object.fromEntries(named);
}
