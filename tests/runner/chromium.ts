import { existsSync } from 'node:fs';

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** What to do where there is no browser. */
export const NO_BROWSER = 'needs a browser: apt-get install chromium, or name one in PLAZA_CHROMIUM';

/** The browser that the environment names, else one of the usual places; undefined where there is none. */
export function findChromium(named: string | undefined): string | undefined {
  const browser = named || BROWSERS.find((path) => existsSync(path));
  return browser !== undefined && existsSync(browser) ? browser : undefined;
}
