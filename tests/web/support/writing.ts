import type { Locator } from 'playwright-core';
import type { Seat } from './seat.ts';

/** Opens the composer for a new post. */
export async function compose(seat: Seat): Promise<Locator> {
  await seat.page.getByRole('link', { name: 'Post', exact: true }).click();
  const text = seat.page.locator('[data-composer-text]:focus');
  await text.waitFor();
  return seat.page.locator('[data-composer-text]');
}

/** Begins a new post with these words. */
export async function write(seat: Seat, words: string): Promise<Locator> {
  const text = await compose(seat);
  await text.pressSequentially(words);
  return text;
}

/** Waits until the text of the composer is this. */
export function holds(seat: Seat, words: string): Promise<void> {
  return seat.until("(words) => document.querySelector('[data-composer-text]')?.value === words", words);
}

/** A menu closes when the list below it moves: whoever sees that opens it once more. */
export async function inMenu(seat: Seat, post: Locator, item: string): Promise<void> {
  const entry = seat.page.getByRole('menuitem', { name: item, exact: true });
  for (let left = MENU_TRIES; ; left--) {
    await seat.still();
    await post.getByRole('button', { name: 'More about this post' }).click();
    const opened = await entry.waitFor({ timeout: MENU_MS }).then(
      () => true,
      () => false,
    );
    if (opened || left === 1) break;
  }
  await entry.click();
}

const MENU_TRIES = 3;
const MENU_MS = 5_000;
