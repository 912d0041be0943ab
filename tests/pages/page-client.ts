/** An answer of a page. */
export interface PageAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly location: string | null;
}

/** A browser without eyes: it keeps cookies, follows nothing, and sends forms as a browser would, with the token of the page. */
export class PageClient {
  readonly address: string;
  readonly origin: string;
  readonly cookies = new Map<string, string>();

  constructor(address: string, origin: string) {
    this.address = address;
    this.origin = origin;
  }

  get(path: string): Promise<PageAnswer> {
    return this.#send(path, {});
  }

  /** Opens `from` (the same address unless given) for its token, then sends the form. */
  async post(path: string, fields: Readonly<Record<string, string>>, from = path): Promise<PageAnswer> {
    const token = tokenOf((await this.get(from)).text);
    return this.send(path, { form_token: token, ...fields });
  }

  /** Sends a form as it is. */
  send(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<PageAnswer> {
    const sent = { origin: this.origin, 'sec-fetch-site': 'same-origin', ...headers };
    return this.#send(path, { method: 'POST', body: new URLSearchParams(fields), headers: sent });
  }

  /** Asks the API as our own browser client does, with the session of the cookies. */
  api(
    path: string,
    init: Omit<RequestInit, 'headers'> = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<PageAnswer> {
    return this.#send(path, { ...init, headers: { 'x-plaza-client': 'web', ...headers } });
  }

  /** Asks what only our own client may ask: a path below `/api/plaza/v1/`, and a body that is sent as JSON. */
  async plaza(method: string, path: string, body?: object) {
    const answer = await this.api(
      `/api/plaza/v1/${path}`,
      { method, ...(body && { body: JSON.stringify(body) }) },
      body === undefined ? {} : { 'content-type': 'application/json' },
    );
    return { status: answer.status, headers: answer.headers, body: JSON.parse(answer.text) };
  }

  /** The value of a cookie by the end of its name. */
  cookie(name: string): string | undefined {
    return this.cookies.get([...this.cookies.keys()].find((key) => key.endsWith(`-${name}`)) ?? '');
  }

  /** As if its time were over. */
  forget(name: string): void {
    for (const key of this.cookies.keys()) if (key.endsWith(`-${name}`)) this.cookies.delete(key);
  }

  async #send(path: string, init: RequestInit & { headers?: Record<string, string> }): Promise<PageAnswer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(path, this.address), {
      redirect: 'manual',
      ...init,
      headers: { ...(cookie === '' ? {} : { cookie }), ...init.headers },
    });
    for (const line of response.headers.getSetCookie()) {
      const pair = line.split(';', 1)[0]!;
      const at = pair.indexOf('=');
      if (/max-age=0/i.test(line)) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const { status, headers } = response;
    return { status, headers, text: await response.text(), location: headers.get('location') };
  }
}

export function tokenOf(page: string): string {
  return /name="form_token" value="([^"]+)"/.exec(page)?.[1] ?? '';
}
