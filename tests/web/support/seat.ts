import assert from 'node:assert/strict';
import { after } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { accessibilityFaults, Visit } from '#tests/pages/browser.ts';
import { type DemoPlaza, type Person, startDemoPlaza } from './demo-plaza.ts';

/** Starts a Plaza with a community for the tests of a file, and removes it afterwards. */
export function demoPlazaForTests(...options: Parameters<typeof startDemoPlaza>): Promise<DemoPlaza> {
  const started = startDemoPlaza(...options);
  // What did not start is told by whoever waits for it; here it would keep others from being closed.
  after(async () => (await started.catch(() => undefined))?.remove());
  return started;
}

/** Somebody before the browser client. */
export class Seat {
  readonly visit: Visit;
  readonly page: Page;

  private constructor(visit: Visit) {
    this.visit = visit;
    this.page = visit.page;
  }

  /** Takes a seat; signed in where a person is named. */
  static async take(browser: Browser, origin: string, options: BrowserContextOptions, person?: Person): Promise<Seat> {
    const seat = new Seat(await Visit.begin(browser, origin, { locale: 'en-US', ...options }));
    if (person !== undefined) await seat.signIn(person);
    return seat;
  }

  /** Another tab of the same browser, where the home is open. */
  async beside(): Promise<Seat> {
    const seat = new Seat(await this.visit.beside());
    await seat.open('/', 'Home');
    return seat;
  }

  async signIn({ username, password }: Person): Promise<void> {
    await this.page.goto('/sign-in');
    await this.visit.send({ login: username, password }, 'Sign in');
    await this.heading(/^(Home|Start)$/);
  }

  /** Opens an address and waits until its heading is there. */
  async open(path: string, heading: string | RegExp): Promise<void> {
    await this.page.goto(path);
    await this.heading(heading);
  }

  async heading(name: string | RegExp): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name }).waitFor();
  }

  /** Presses the button of this name: the only one, or the first. */
  async press(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name }).first().click();
  }

  /** Waits until a function of the page, given as text, answers yes. */
  async until(predicate: string, ...given: readonly unknown[]): Promise<void> {
    const asked = `(${predicate})(...${JSON.stringify(given)})`;
    // Asked by the browser itself: what the page would evaluate of a text, its policy refuses.
    // A tab that is hidden draws a frame a second, if any.
    const deadline = performance.now() + PATIENCE_MS;
    while (performance.now() < deadline) {
      if (await this.page.evaluate(asked)) return;
      await this.page.evaluate(TWO_FRAMES);
    }
    assert.fail(`It did not come to this: ${asked}`);
  }

  /** Whoever cannot see, or has a narrow screen, can use what is shown now. A page that moves while it is read is read again: a fault stays. */
  async check(where: string): Promise<void> {
    let faults: string[] = [];
    for (let reading = 0; reading < READINGS; reading++) {
      await this.still();
      faults = await accessibilityFaults(this.page);
      if (faults.length === 0) break;
    }
    if ((await this.page.evaluate(OVERFLOW)) !== 0) faults.push('wider than the screen');
    assert.deepEqual(faults, [], where);
  }

  /** Waits until nothing is fetched any more and what came is drawn: posts that have not been measured are hidden for a frame. */
  async still(): Promise<void> {
    await this.page.waitForLoadState('networkidle');
    await this.page.evaluate(TWO_FRAMES);
    await this.until(MEASURED);
  }

  /** Moves the window at once; a wheel turns on after it was turned, for as long as the machine takes. */
  async scroll(pixels: number): Promise<void> {
    await this.page.evaluate(`scrollBy({ top: ${pixels}, behavior: 'instant' })`);
    await this.page.evaluate(TWO_FRAMES);
  }

  /** Makes requests to addresses that fit fail, until what is returned is called. */
  async failing(url: RegExp, status: number): Promise<() => Promise<void>> {
    await this.page.route(url, (route) =>
      status === 0
        ? route.abort('connectionfailed')
        : route.fulfill({ status, json: { error: 'Made to fail by a test' }, headers: { 'retry-after': '1' } }),
    );
    return async () => {
      await this.page.unroute(url);
      // The browser has said of each of them that it failed.
      this.visit.offences.splice(0);
    };
  }

  /** Nothing happened that must not: no errors in the console, nothing that the page's policy refused. */
  async leave(): Promise<void> {
    await this.visit.end();
  }
}

const READINGS = 3;
const PATIENCE_MS = 60_000;
const TWO_FRAMES = 'new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))';

/** Posts that were put into a list and not yet measured are hidden. */
const MEASURED = `() => ![...document.querySelectorAll('article')].some((post) => getComputedStyle(post).visibility === 'hidden')`;

/** How far one could scroll sideways. */
const OVERFLOW = '(() => { scrollTo(9999, scrollY); return scrollX; })()';
