import { before } from 'node:test';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { browserForTests } from '#tests/pages/browser.ts';
import type { DemoPlaza } from './demo-plaza.ts';
import { demoPlazaForTests, Seat } from './seat.ts';

/** A Plaza with a community, and a browser before it. */
export interface Room {
  readonly plaza: DemoPlaza;
  readonly browser: Browser;
  /** Seats whoever can sign in there, and signs them in. */
  take(options: BrowserContextOptions): Promise<Seat>;
  /** Seats a stranger. */
  visit(options: BrowserContextOptions): Promise<Seat>;
}

/** A room for the tests of the current `describe`: there before they run, and gone afterwards. */
export function roomForTests(): Room {
  const startingPlaza = demoPlazaForTests();
  const startingBrowser = browserForTests();
  let plaza: DemoPlaza;
  let browser: Browser;
  before(async () => {
    plaza = await startingPlaza;
    browser = await startingBrowser;
  });
  return {
    get plaza() {
      return plaza;
    },
    get browser() {
      return browser;
    },
    take: (options) => Seat.take(browser, plaza.origin, options, plaza.person),
    visit: (options) => Seat.take(browser, plaza.origin, options),
  };
}
