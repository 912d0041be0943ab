import type { KeyboardEvent } from 'react';

/** Down from the field leads to the first result; up and down lead from one to the next, and up from the first back to the field. */
export function stepAmongLinks(event: KeyboardEvent<HTMLElement>, results: HTMLElement | null): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || results === null) return;
  const links = [...results.querySelectorAll<HTMLElement>('[data-result] a[href]:not([tabindex="-1"])')];
  const at = links.indexOf(document.activeElement as HTMLElement) + step;
  if (at === -1 && event.currentTarget === results) {
    event.preventDefault();
    results.parentElement?.querySelector<HTMLInputElement>('input[type="search"]')?.focus();
  } else if (links[at] !== undefined) {
    event.preventDefault();
    links[at].focus();
  }
}
