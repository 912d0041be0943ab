import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { progressBar } from '#apps/plaza/operator/progress.ts';
import { findChromium, NO_BROWSER } from '#tests/runner/chromium.ts';
import { type Person, startDemoPlaza } from './support/demo-plaza.ts';

const FOLDER = join(import.meta.dirname, '../../docs/screenshots');
const DESK: BrowserContextOptions = { viewport: { width: 1280, height: 860 }, colorScheme: 'light' };
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  colorScheme: 'dark',
  deviceScaleFactor: 2,
};

interface Picture {
  readonly name: string;
  readonly options: BrowserContextOptions;
  readonly signedIn: boolean;
  /** Brings the page to what is to be seen. */
  show(page: Page): Promise<void>;
}

const PICTURES: readonly Picture[] = [
  { name: 'landing', options: DESK, signedIn: false, show: (page) => at(page, '/') },
  { name: 'home', options: DESK, signedIn: true, show: (page) => at(page, '/') },
  { name: 'home-phone', options: PHONE, signedIn: true, show: (page) => at(page, '/') },
  { name: 'thread-phone', options: PHONE, signedIn: true, show: openThread },
  { name: 'profile', options: DESK, signedIn: true, show: openProfile },
  { name: 'profile-phone', options: PHONE, signedIn: true, show: openProfile },
  { name: 'composer', options: DESK, signedIn: true, show: compose },
  { name: 'search-phone', options: PHONE, signedIn: true, show: (page) => page.goto('/search').then(settled(page)) },
  { name: 'settings', options: DESK, signedIn: true, show: (page) => page.goto('/settings').then(settled(page)) },
];

/** `npm run screenshots`: pictures of the main screens, of a community that the program makes up, in docs/screenshots. */
async function main(): Promise<void> {
  const executablePath = findChromium(process.env.PLAZA_CHROMIUM);
  if (executablePath === undefined) throw new Error(`It ${NO_BROWSER}.`);
  const bar = progressBar();
  bar.report('Making a community', 0, 1);
  const plaza = await startDemoPlaza({ people: 60, posts: 600, seed: 1 });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  mkdirSync(FOLDER, { recursive: true });
  try {
    for (const [index, { name, options, signedIn, show }] of PICTURES.entries()) {
      bar.report('Taking pictures', index, PICTURES.length);
      const context = await browser.newContext({
        baseURL: plaza.origin,
        locale: 'en-US',
        reducedMotion: 'reduce',
        ...options,
      });
      const page = await context.newPage();
      if (signedIn) await signIn(page, plaza.person);
      await show(page);
      await page.screenshot({ path: join(FOLDER, `${name}.png`) });
      await context.close();
    }
    bar.stop();
    console.log(`${PICTURES.length} pictures are in ${FOLDER}.`);
  } finally {
    bar.stop();
    await browser.close();
    await plaza.remove();
  }
}

async function signIn(page: Page, { username, password }: Person): Promise<void> {
  await page.goto('/sign-in');
  await page.fill('[name=login]', username);
  await page.fill('[name=password]', password);
  await page.click('main button[type=submit]');
  await page.getByRole('article').first().waitFor();
}

async function at(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('article').nth(3).waitFor();
  await settled(page)();
}

/** The thread with the most answers among those at the top of the local timeline. */
async function openThread(page: Page): Promise<void> {
  await at(page, '/public');
  const posts = page.getByRole('article');
  const counts = await posts.locator('[data-act=reply]').allTextContents();
  const most = counts.map(Number).reduce((best, count, index, all) => (count > all[best]! ? index : best), 0);
  await posts.nth(most).locator('a:has(time)').first().click();
  await page.waitForURL(/\/@[^/]+\/\d+/);
  await page.getByRole('article').first().waitFor();
  await settled(page)();
}

async function openProfile(page: Page): Promise<void> {
  await at(page, '/public');
  await page.getByRole('article').first().locator('header a').first().click();
  await page.waitForURL(/\/@/);
  await page.getByRole('article').first().waitFor();
  await settled(page)();
}

async function compose(page: Page): Promise<void> {
  await at(page, '/');
  await page
    .getByRole('link', { name: 'Post', exact: true })
    .or(page.getByRole('button', { name: 'Post', exact: true }))
    .first()
    .click();
  await page
    .getByRole('textbox')
    .first()
    .fill('Low tide at six. The whole beach to ourselves, and one very confident crab. #sea');
  await settled(page)();
}

function settled(page: Page) {
  return () => page.waitForLoadState('networkidle');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
