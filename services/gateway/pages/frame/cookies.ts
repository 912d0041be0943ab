import { parseCookie, stringifySetCookie } from 'cookie';

/** What our pages keep in the browser. All of it is `HttpOnly`: pages have no scripts, and no script of others may read it. */
export type CookieName = 'access' | 'refresh' | 'form' | 'challenge' | 'social' | 'ticket' | 'code';

/** The cookies that came with a request, and those that its answer sets. */
export class CookieJar {
  readonly #sent: Readonly<Record<string, string | undefined>>;
  readonly #prefix: string;
  readonly #secure: boolean;
  readonly #changes = new Map<CookieName, { value: string; maxAgeSeconds: number }>();

  constructor(header: string | undefined, origin: string) {
    this.#sent = header === undefined ? {} : parseCookie(header);
    const url = new URL(origin);
    this.#secure = url.protocol === 'https:';
    // `__Host-` keeps neighbours on sibling domains from planting cookies. On plain HTTP the port keeps two programs of one machine apart.
    this.#prefix = this.#secure ? '__Host-plaza-' : `plaza-${url.port || '80'}-`;
  }

  get(name: CookieName): string | undefined {
    const changed = this.#changes.get(name);
    const value = changed === undefined ? this.#sent[this.#prefix + name] : changed.value;
    return value === undefined || value === '' ? undefined : value;
  }

  set(name: CookieName, value: string, maxAgeSeconds: number): void {
    this.#changes.set(name, { value, maxAgeSeconds });
  }

  delete(name: CookieName): void {
    if (this.get(name) !== undefined) this.#changes.set(name, { value: '', maxAgeSeconds: 0 });
  }

  /** The `Set-Cookie` headers of the answer. `Lax`, so that whoever comes from an app's link is still signed in, and posts from elsewhere are not. */
  headers(): string[] {
    return [...this.#changes].map(([name, { value, maxAgeSeconds }]) =>
      stringifySetCookie({
        name: this.#prefix + name,
        value,
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure: this.#secure,
        maxAge: maxAgeSeconds,
      }),
    );
  }
}
