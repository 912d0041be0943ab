import { currentLanguage } from '../i18n/translate.ts';

/** Five minutes to a month: how long a poll may run. */
export const POLL_SECONDS = [300, 1_800, 3_600, 21_600, 43_200, 86_400, 259_200, 604_800, 1_209_600, 2_592_000];

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** `3 days`, in the largest unit that says it well. */
export function durationWords(seconds: number): string {
  const [unit, size] = UNITS.find(([, size]) => seconds >= size) ?? UNITS[2];
  const format = new Intl.NumberFormat(currentLanguage(), { style: 'unit', unit, unitDisplay: 'long' });
  return format.format(Math.round(seconds / size));
}
