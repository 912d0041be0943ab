import { invalid } from '#platform/errors/errors.ts';

/** Text that a person gave, without surrounding blanks; nothing but blanks is refused. */
export function checkedText(field: string, text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') throw invalid(field, 'ERR_BLANK', `${field} can't be blank`);
  return trimmed;
}
