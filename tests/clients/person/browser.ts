import { type Form, formsOf } from './forms.ts';

/** More than any page of ours needs; a browser gives up at about 20. */
const MAX_REDIRECTS = 10;

/** What stands in the window: a page, or the address outside Plaza that a page sent the person to. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly text: string;
  readonly forms: readonly Form[];
  /** Set where a redirect led away from Plaza, to an app: nothing was loaded from there. */
  readonly leftFor: string | undefined;
}

/** A person's browser without its picture: it keeps cookies, follows redirects and sends forms as they stand in the pages. */
export class Browser {
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();

  constructor(origin: string) {
    this.#origin = origin;
  }

  open(url: string): Promise<Page> {
    return this.#load('GET', new URL(url, this.#origin), undefined, undefined);
  }

  /** Types into the form whose button says `press`, and presses it. Every typed field has to be there. */
  async send(page: Page, press: string, typed: Readonly<Record<string, string>> = {}): Promise<Page> {
    const form = page.forms.find(({ buttons }) => buttons.some(({ text }) => text === press));
    const button = form?.buttons.find(({ text }) => text === press);
    if (form === undefined || button === undefined)
      throw new Error(`No button "${press}" on ${page.url}:\n${page.text}`);
    const body = new URLSearchParams([...form.fields]);
    for (const [name, value] of Object.entries(typed)) {
      if (!form.fields.has(name)) throw new Error(`No field "${name}" on ${page.url}`);
      body.set(name, value);
    }
    if (button.name !== undefined) body.set(button.name, button.value);
    const target = new URL(form.action === '' ? page.url : form.action, page.url);
    if (form.method !== 'POST') target.search = body.toString();
    return this.#load(form.method, target, form.method === 'POST' ? body : undefined, page.url);
  }

  async #load(method: string, url: URL, body: URLSearchParams | undefined, from: string | undefined): Promise<Page> {
    let next = { method, url, body };
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      if (next.url.origin !== new URL(this.#origin).origin) return leaving(next.url.href);
      const response = await fetch(next.url, {
        method: next.method,
        redirect: 'manual',
        headers: {
          accept: 'text/html,application/xhtml+xml',
          'accept-language': 'en',
          'user-agent': 'Mozilla/5.0 (a person)',
          ...(this.#cookies.size === 0 ? {} : { cookie: [...this.#cookies].map((pair) => pair.join('=')).join('; ') }),
          ...(from === undefined ? {} : { 'sec-fetch-site': 'same-origin', referer: from }),
          ...(next.method === 'POST' ? { origin: this.#origin } : {}),
        },
        ...(next.body === undefined ? {} : { body: next.body }),
      });
      this.#keepCookies(response.headers.getSetCookie());
      const location = response.headers.get('location');
      if (location === null || response.status < 300 || response.status > 399) {
        const text = await response.text();
        return { url: next.url.href, status: response.status, text, forms: formsOf(text), leftFor: undefined };
      }
      await response.body?.cancel();
      if (!URL.canParse(location, next.url.href)) return leaving(location);
      next = { method: 'GET', url: new URL(location, next.url), body: undefined };
    }
    throw new Error(`${url.href} redirects without end`);
  }

  #keepCookies(headers: readonly string[]): void {
    for (const header of headers) {
      const [pair = '', ...attributes] = header.split(';');
      const at = pair.indexOf('=');
      const name = pair.slice(0, at).trim();
      const isGone = attributes.some((attribute) => /^\s*max-age=0\s*$/i.test(attribute));
      if (isGone) this.#cookies.delete(name);
      else this.#cookies.set(name, pair.slice(at + 1).trim());
    }
  }
}

function leaving(address: string): Page {
  return { url: address, status: 0, text: '', forms: [], leftFor: address };
}
