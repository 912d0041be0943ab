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

/** Chooses something from the menu of a post. */
export async function inMenu(seat: Seat, post: Locator, item: string): Promise<void> {
  await post.getByRole('button', { name: 'More about this post' }).click();
  await seat.page.getByRole('menuitem', { name: item, exact: true }).click();
}
