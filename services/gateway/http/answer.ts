import type { Readable } from 'node:stream';

/** What a route answers. Bodies are ready bytes or text: serialising happens in the presenters, once for each piece. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly contentType: string;
  readonly body: Buffer | string | Readable | null;
  /** Called once when the body has been handed to the network. */
  readonly release?: () => void;
}

/** The same answer with bytes that nobody uses again; undefined where it has no bytes yet. */
export function ownBody(answer: Answer): (Answer & { readonly body: Buffer }) | undefined {
  const { body, status, headers, contentType } = answer;
  return Buffer.isBuffer(body) ? { status, headers, contentType, body: Buffer.from(body) } : undefined;
}

export const JSON_TYPE = 'application/json; charset=utf-8';
const NO_HEADERS = Object.freeze({});

/** An answer of JSON that a presenter has serialised already. */
export function ready(
  body: Buffer,
  headers: Readonly<Record<string, string | string[]>> = NO_HEADERS,
  status = 200,
): Answer {
  return { status, headers, contentType: JSON_TYPE, body };
}

/** An answer of a small value. */
export function json(
  value: unknown,
  headers: Readonly<Record<string, string | string[]>> = NO_HEADERS,
  status = 200,
): Answer {
  return { status, headers, contentType: JSON_TYPE, body: JSON.stringify(value) };
}

/** The `{}` with which the API confirms what has nothing to tell. */
export const DONE: Answer = { status: 200, headers: NO_HEADERS, contentType: JSON_TYPE, body: '{}' };

/** A page of ours. The frame adds a content security policy that allows nothing unless `headers` has another. */
export function html(
  body: string,
  headers: Readonly<Record<string, string | string[]>> = NO_HEADERS,
  status = 200,
): Answer {
  return { status, headers, contentType: 'text/html; charset=utf-8', body };
}

export function redirect(
  location: string,
  headers: Readonly<Record<string, string | string[]>> = NO_HEADERS,
  status: 302 | 303 = 302,
): Answer {
  return { status, headers: { ...headers, location }, contentType: 'text/plain; charset=utf-8', body: '' };
}
