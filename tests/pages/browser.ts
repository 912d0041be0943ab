import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after } from 'node:test';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a browser before the tests of the current `describe` and closes it afterwards. */
export function browserForTests(): Promise<Browser> {
  const started = chromium.launch({ executablePath: process.env.PLAZA_CHROMIUM!, args: ARGUMENTS });
  after(async () => (await started.catch(() => undefined))?.close());
  return started;
}

/** A person's browser, which remembers what no page may cause: script errors, dialogs, refused resources, violations of the policy. */
export class Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly offences: string[];

  private constructor(context: BrowserContext, page: Page, offences: string[]) {
    this.context = context;
    this.page = page;
    this.offences = offences;
  }

  static async begin(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<Visit> {
    const context = await browser.newContext({ baseURL: origin, ...options });
    return Visit.#watched(context, []);
  }

  /** Another tab of the same browser. */
  beside(): Promise<Visit> {
    return Visit.#watched(this.context, this.offences);
  }

  static async #watched(context: BrowserContext, offences: string[]): Promise<Visit> {
    const page = await context.newPage();
    page.on('console', (message) => {
      // The browser says so of every page that was refused: a wrong password is no fault of the page.
      if (message.type() === 'error' && /^Failed to load resource: .* status of 4[0-9][0-9]/.test(message.text())) {
        if (message.location().url === page.url()) return;
      }
      if (message.type() === 'error' || message.type() === 'warning') {
        offences.push(`${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    page.on('pageerror', (error) => offences.push(`script: ${error.message}`));
    page.on('dialog', (dialog) => {
      offences.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    return new Visit(context, page, offences);
  }

  /** Fills fields by their names and sends the form with the button of this name. */
  async send(fields: Readonly<Record<string, string>>, button: string): Promise<void> {
    for (const [name, value] of Object.entries(fields)) await this.page.fill(`[name="${name}"]`, value);
    await this.press(button);
  }

  async press(button: string): Promise<void> {
    await this.page.getByRole('button', { name: button, exact: true }).click();
    await this.page.waitForLoadState();
  }

  heading(): Promise<string | null> {
    return this.page.locator('h1').textContent();
  }

  /** Nothing happened that must not, and the tab can be closed. */
  async end(): Promise<void> {
    await this.context.close();
    assert.deepEqual(this.offences, []);
  }
}

const require = createRequire(import.meta.url);
let axeSource: string | undefined;

/** What axe finds wrong with the page as it stands, as lines of rule and element. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  axeSource ??= await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
  // Given to the browser itself, which the page's policy does not hold.
  const found = await page.evaluate(`${axeSource}; axe.run(document, { resultTypes: ['violations'] }).then((result) =>
    result.violations.flatMap((rule) => rule.nodes.map((node) => rule.id + ': ' + node.html)))`);
  return found as string[];
}
