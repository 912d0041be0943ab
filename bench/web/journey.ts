import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import type { Person } from '#tests/web/support/demo-plaza.ts';

export interface Cost {
  /** By kind of what was fetched (`script`, `stylesheet`, `fetch`, …), in bytes over the network with headers. */
  readonly byKind: ReadonlyMap<string, { readonly requests: number; readonly bytes: number }>;
  /** All but pictures, whose number is that of the people. */
  readonly requests: number;
  /** Cumulative layout shift. */
  readonly layoutShift: number;
  /** In milliseconds. */
  readonly longTasks: readonly number[];
  /** By how much the long tasks were longer than 50 ms, together. */
  readonly blockedMs: number;
}

/** Noted by the browser itself from the start of each page. */
const OBSERVE = `
  self.seen = { shift: 0, tasks: [] };
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value; })
    .observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) seen.tasks.push(entry.duration); })
    .observe({ type: 'longtask', buffered: true });`;
const LONG_MS = 50;

/** Somebody's browser, watched by what it fetches. */
export class Journey {
  readonly page: Page;
  readonly #context: BrowserContext;
  #fetched: { kind: string; id: string; bytes: number }[] = [];

  private constructor(context: BrowserContext, page: Page, protocol: CDPSession) {
    this.#context = context;
    this.page = page;
    protocol.on('Network.responseReceived', ({ requestId, type }) =>
      this.#fetched.push({ kind: type.toLowerCase(), id: requestId, bytes: 0 }),
    );
    protocol.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const entry = this.#fetched.find(({ id }) => id === requestId);
      if (entry !== undefined) entry.bytes = encodedDataLength;
    });
  }

  static async begin(browser: Browser, origin: string): Promise<Journey> {
    const context = await browser.newContext({
      baseURL: origin,
      locale: 'en-US',
      viewport: { width: 390, height: 844 },
    });
    await context.addInitScript(OBSERVE);
    const page = await context.newPage();
    const protocol = await context.newCDPSession(page);
    await protocol.send('Network.enable');
    return new Journey(context, page, protocol);
  }

  /** From sending the sign-in form until the home timeline stands. */
  async signIn({ username, password }: Person): Promise<Cost> {
    await this.page.goto('/sign-in');
    await this.page.fill('[name=login]', username);
    await this.page.fill('[name=password]', password);
    this.#fetched = [];
    await this.page.click('main button[type=submit]');
    return this.#arrived();
  }

  async reload(): Promise<Cost> {
    this.#fetched = [];
    await this.page.reload();
    return this.#arrived();
  }

  async end(): Promise<void> {
    await this.#context.close();
  }

  async #arrived(): Promise<Cost> {
    await this.page.getByRole('article').nth(5).waitFor();
    await this.page.waitForLoadState('networkidle');
    const seen = (await this.page.evaluate('seen')) as { shift: number; tasks: number[] };
    const byKind = new Map<string, { requests: number; bytes: number }>();
    for (const { kind, bytes } of this.#fetched) {
      const sum = byKind.get(kind) ?? { requests: 0, bytes: 0 };
      byKind.set(kind, { requests: sum.requests + 1, bytes: sum.bytes + bytes });
    }
    return {
      byKind,
      requests: this.#fetched.filter(({ kind }) => kind !== 'image').length,
      layoutShift: seen.shift,
      longTasks: seen.tasks,
      blockedMs: Math.round(seen.tasks.reduce((sum, task) => sum + Math.max(0, task - LONG_MS), 0)),
    };
  }
}
