import { entryKey } from '../timeline/place.ts';

/** Room that the bar with the title takes. */
const BAR_REM = 3.25;

const offsets = new Map<string, number>();
let entry = '';

/** The browser would put the window where it was before the posts are there; this client does it itself. */
export function keepScroll(): void {
  history.scrollRestoration = 'manual';
  entry = entryKey();
  addEventListener('scroll', () => offsets.set(entry, scrollY), { passive: true });
}

/** Puts the window where it was at this entry of the history, or at the top of what is new. Whoever listens to the page is led to the new screen. */
export function restoreScroll(): void {
  const arrived = entryKey();
  if (arrived !== entry) document.getElementById('main')?.focus({ preventScroll: true });
  entry = arrived;
  scrollTo(0, offsets.get(entry) ?? 0);
}

/** Another view of the screen that is shown already: neither the window nor the focus moves. */
export function stayHere(): void {
  entry = entryKey();
}

/** A screen that begins elsewhere than at its top says where; whoever comes back to it finds the place that was left. */
export function landAt(offset: number): void {
  entry = entryKey();
  if (!offsets.has(entry)) offsets.set(entry, offset);
  scrollTo({ top: offsets.get(entry)!, behavior: 'instant' });
}

/** In pixels. */
export function barHeight(): number {
  return BAR_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}
