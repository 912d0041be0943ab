import type { Seat } from './seat.ts';

/** The id of the post at the top of the window. */
export async function topPost(seat: Seat): Promise<string> {
  return (await seat.page.evaluate(TOP)) as string;
}

/** Scrolls until a post of that position is drawn. */
export async function scrollToPost(seat: Seat, position: number): Promise<void> {
  const post = seat.page.locator(`article[aria-posinset="${position}"]`);
  while ((await post.count()) === 0) await seat.scroll(700);
  await post.evaluate((element) => element.scrollIntoView({ behavior: 'instant' }));
  await seat.still();
}

const TOP = `[...document.querySelectorAll('article[data-post]')]
  .filter((post) => post.getBoundingClientRect().bottom > 60)
  .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)[0]?.dataset.post`;
export const AT_TOP = `(place) => ${TOP} === place`;
