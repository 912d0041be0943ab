import { chromium } from 'playwright-core';
import { findChromium, NO_BROWSER } from '#tests/runner/chromium.ts';
import { startDemoPlaza } from '#tests/web/support/demo-plaza.ts';
import { goal, printTable } from '../report.ts';
import { Journey } from './journey.ts';
import { scrollThrough } from './scroll.ts';

const SCRIPT_KIB = 120;
const SCROLLED_POSTS = 1_000;

/** `npm run bench -- web`: what the browser client costs a browser, from signing in to the home timeline and down a long one. */
export async function benchWeb(): Promise<void> {
  const executablePath = findChromium(process.env.PLAZA_CHROMIUM);
  if (executablePath === undefined) throw new Error(`It ${NO_BROWSER}.`);
  const plaza = await startDemoPlaza({ people: 60, posts: 2_000 });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const journey = await Journey.begin(browser, plaza.origin);
    const first = await journey.signIn(plaza.person);
    console.log('\nFrom sign-in to the home timeline, nothing kept from before:\n');
    printTable(
      ['kind', 'requests', 'KiB over the network'],
      [...first.byKind].map(([kind, { requests, bytes }]) => [kind, String(requests), (bytes / 1_024).toFixed(1)]),
    );
    const again = await journey.reload();
    const scrolled = await scrollThrough(journey, SCROLLED_POSTS);
    console.log();
    const scriptKib = (first.byKind.get('script')?.bytes ?? 0) / 1_024;
    printTable(
      ['goal', 'measured', 'wanted', ''],
      [
        goal('script until home is there, KiB over the network', scriptKib, `< ${SCRIPT_KIB}`, scriptKib < SCRIPT_KIB),
        goal('requests until home is there, pictures aside', first.requests, '', true),
        goal('requests of a second visit, pictures aside', again.requests, '', true),
        goal('layout shift on the way', first.layoutShift, '0', first.layoutShift === 0),
        goal('long tasks on the way', first.longTasks.length, '', true),
        goal('their milliseconds over 50', first.blockedMs, '', true),
        goal(`posts drawn at once of ${scrolled.posts}`, scrolled.mostDrawn, '< 60', scrolled.mostDrawn < 60),
        goal('long tasks in 1,000 steps of scrolling', scrolled.longTasks, '', true),
        goal('frames later than two in the same', scrolled.lateFrames, '', true),
      ].map(([name, measured, wanted, met]) => [name!, measured!, wanted!, wanted === '' ? '' : met!]),
    );
    await journey.end();
  } finally {
    await browser.close();
    await plaza.remove();
  }
}
