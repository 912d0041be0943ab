import { ApiFailure } from '../api/failure.ts';
import { t } from '../i18n/translate.ts';
import { type RefusalKeys, refusalsOf } from './refusal-keys.ts';

/** What a failure says of fields, by their names, in the language that is shown; nothing where it is no refusal of fields. */
export function refusalWords(error: unknown, own?: RefusalKeys): Readonly<Record<string, string>> {
  if (!(error instanceof ApiFailure)) return {};
  const words = Object.entries(refusalsOf(error, own)).map(([field, refusal]) => [
    field,
    'key' in refusal ? t(refusal.key) : refusal.text,
  ]);
  return Object.fromEntries(words);
}
