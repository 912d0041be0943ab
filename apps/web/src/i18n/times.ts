import { currentLanguage } from './translate.ts';

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];
const LONGEST_RELATIVE_MS = 7 * 86_400_000;

/** `3 hr. ago`, `in 2 days`; the date when it is more than a week away. */
export function relativeTime(iso: string, nowMs = Date.now()): string {
  const ms = Date.parse(iso) - nowMs;
  if (Math.abs(ms) > LONGEST_RELATIVE_MS) {
    const sameYear = new Date(iso).getFullYear() === new Date(nowMs).getFullYear();
    return new Intl.DateTimeFormat(currentLanguage(), {
      day: 'numeric',
      month: 'short',
      ...(sameYear ? {} : { year: 'numeric' }),
    }).format(new Date(iso));
  }
  const language = currentLanguage();
  // The narrowest German is `vor 1 m`, which may be a minute, a month or a metre.
  const style = language === 'de' ? 'short' : 'narrow';
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style });
  for (const [unit, size] of STEPS) {
    if (Math.abs(ms) >= size) return format.format(Math.trunc(ms / size), unit);
  }
  return format.format(0, 'second');
}

/** The whole date and time. */
export function exactTime(iso: string): string {
  return new Intl.DateTimeFormat(currentLanguage(), { dateStyle: 'long', timeStyle: 'short' }).format(new Date(iso));
}
