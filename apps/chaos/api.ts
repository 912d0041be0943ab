import type { Clock } from '#platform/clock/clock.ts';

/** What came back. `status` 0: no answer, since the connection was lost or the time was up. */
export interface Answer {
  readonly status: number;
  readonly late: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape are looked into.
  readonly body: any;
  /** Address of the next page, without its origin. */
  readonly next: string | undefined;
  readonly text: string;
}

export interface Sending {
  readonly body?: unknown;
  readonly key?: string;
}

/** Longer than the platform takes for any answer, and than a pause of ten seconds. */
const ANSWER_MS = 15_000;

/** Told about every answer. */
export type Listener = (asked: Asked, answer: Answer, atMs: number) => void;

export interface Asked {
  readonly method: string;
  readonly path: string;
}

/** The public API through the load balancer, as a client sees it that has the patience of a person. */
export class Api {
  readonly #address: string;
  readonly #clock: Clock;
  readonly #token: string | undefined;
  readonly #listener: Listener | undefined;

  constructor(address: string, clock: Clock, token?: string, listener?: Listener) {
    this.#address = address;
    this.#clock = clock;
    this.#token = token;
    this.#listener = listener;
  }

  as(token: string, listener?: Listener): Api {
    return new Api(this.#address, this.#clock, token, listener);
  }

  get(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  async send(method: string, path: string, sending: Sending = {}): Promise<Answer> {
    const answer = await this.#ask(method, path, sending);
    this.#listener?.({ method, path }, answer, this.#clock.monotonic());
    return answer;
  }

  async #ask(method: string, path: string, { body, key }: Sending): Promise<Answer> {
    const signal = AbortSignal.timeout(ANSWER_MS);
    try {
      const response = await fetch(new URL(path, this.#address), {
        method,
        signal,
        redirect: 'manual',
        headers: headersOf(this.#token, body, key),
        ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const next = /<[^>]*?(\/api\/[^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
      return { status: response.status, late: false, text, body: parsed(text), next };
    } catch (error) {
      return { status: 0, late: signal.aborted, text: reasonOf(error), body: undefined, next: undefined };
    }
  }
}

function headersOf(token: string | undefined, body: unknown, key: string | undefined): Record<string, string> {
  return {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? String(error);
}

export function succeeded({ status }: Answer): boolean {
  return status === 200 || status === 202;
}

/** Nobody knows whether it was done, or it surely was not: it may be sent again. */
export function maySendAgain({ status }: Answer): boolean {
  return status === 0 || status >= 500;
}
