/** An answer of the public API. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Parsed JSON; undefined when it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly body: any;
}

/** The public API as a plain HTTP client sees it. */
export class ApiClient {
  readonly address: string;
  readonly token: string | undefined;

  constructor(address: string, token?: string) {
    this.address = address;
    this.token = token;
  }

  withToken(token: string): ApiClient {
    return new ApiClient(this.address, token);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<ApiAnswer> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<ApiAnswer> {
    return this.send('POST', path, body, headers);
  }

  put(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<ApiAnswer> {
    return this.send('PUT', path, body, headers);
  }

  patch(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<ApiAnswer> {
    return this.send('PATCH', path, body, headers);
  }

  delete(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<ApiAnswer> {
    return this.send('DELETE', path, body, headers);
  }

  /** Sends JSON, or a form where `body` is `FormData` or `URLSearchParams`; text and bytes as they are. Redirects are answered, not followed. */
  async send(method: string, path: string, body: unknown, headers: Record<string, string>): Promise<ApiAnswer> {
    const asIs =
      body instanceof FormData ||
      body instanceof URLSearchParams ||
      body instanceof Uint8Array ||
      typeof body === 'string';
    const response = await fetch(new URL(path, this.address), {
      method,
      redirect: 'manual',
      headers: {
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined || asIs ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : {
            body: asIs ? (body as FormData | URLSearchParams | Uint8Array<ArrayBuffer> | string) : JSON.stringify(body),
          }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
