import { currentLanguage } from './translate.ts';

/** `1,234` as `1.2K`. */
export function shortNumber(n: number): string {
  return new Intl.NumberFormat(currentLanguage(), { notation: 'compact', maximumFractionDigits: 1 }).format(n);
}
