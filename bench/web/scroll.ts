import type { Journey } from './journey.ts';

export interface Scrolled {
  /** How many posts were loaded in the end. */
  readonly posts: number;
  /** The most posts that the page held at once. */
  readonly mostDrawn: number;
  readonly longTasks: number;
  /** Frames that came later than two after the one before, in a run over what is loaded. */
  readonly lateFrames: number;
}

/** Scrolls by a step each frame, up to `times` frames, and notes gaps between frames. */
const RUN = `async (times) => {
  scrollTo(0, 0);
  const frame = () => new Promise(requestAnimationFrame);
  const late = 2.5 * 1000 / 60;
  let drawn = 0, gaps = 0, last = await frame();
  for (let step = 0; step < times; step++) {
    scrollBy(0, 120);
    const now = await frame();
    if (now - last > late) gaps++;
    last = now;
    drawn = Math.max(drawn, document.querySelectorAll('article').length);
  }
  return { drawn, gaps };
}`;

/** Loads so many posts by scrolling to the end again and again, then runs down over what is loaded. */
export async function scrollThrough({ page }: Journey, wanted: number): Promise<Scrolled> {
  let posts = 0;
  for (let before = -1; posts < wanted && posts !== before; ) {
    before = posts;
    const answer = page.waitForResponse(/timelines\/home/, { timeout: 10_000 }).catch(() => undefined);
    await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
    await answer;
    await page.evaluate('new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))');
    posts = Math.max(posts, (await page.evaluate(LAST)) as number);
  }
  await page.evaluate('seen.tasks.length = 0');
  const { drawn, gaps } = (await page.evaluate(`(${RUN})(1000)`)) as { drawn: number; gaps: number };
  const longTasks = (await page.evaluate('seen.tasks.length')) as number;
  return { posts, mostDrawn: drawn, longTasks, lateFrames: gaps };
}

const LAST = `Math.max(0, ...[...document.querySelectorAll('article[aria-posinset]')].map((post) => Number(post.getAttribute('aria-posinset'))))`;
