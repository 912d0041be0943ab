import { CLIENT_HEADER } from '../api/client-header.ts';
import type { ErrorBody } from '../api/failure.ts';
import type { Status } from '../api/types.ts';
import { type OutboxEntry, outboxEntries, putIntoOutbox, removeFromOutbox } from './outbox-store.ts';

/*
 * Posts that wait: because they may still be taken back, or because there is no network. This file runs in a page and in a service worker.
 *
 * To send one, what the server does not know of its files goes first (`PUT /api/v1/media/:id`), then the post (`POST /api/v1/statuses`) with the entry's key as
 * `Idempotency-Key`, so that no attempt makes a second post. An answer of success removes the entry. No answer, a lapsed session, too many requests, or a
 * server that cannot answer leave it for the next attempt. Any other answer is kept with the entry, for the person to see.
 */

/** The name of the lock, and of the sync by which a service worker is woken. */
export const OUTBOX_TAG = 'plaza-outbox';
const ATTEMPT_MS = 20_000;

/** It may work the next time. */
export class NotSentYet extends Error {
  readonly retryAfterMs: number | undefined;

  constructor(retryAfterMs?: number) {
    super('The server could not take what waits');
    this.name = 'NotSentYet';
    this.retryAfterMs = retryAfterMs;
  }
}

export type OnSent = (status: Status, entry: OutboxEntry) => void;

/** Sends what waits, in order and each when it is due. Fails with {@link NotSentYet} when it has to be tried again. */
export async function sendWaiting(onSent: OnSent = () => {}): Promise<void> {
  for (;;) {
    await withOutbox(() => sendDue(onSent));
    const [next] = await unsent();
    if (next === undefined) return;
    // Not within the lock: until then it may be taken back.
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, next.dueMs - Date.now())));
  }
}

/** Takes an entry out before it is sent. False when it is too late. */
export function takeFromOutbox(key: string): Promise<boolean> {
  return withOutbox(async () => {
    const there = (await outboxEntries()).some((entry) => entry.key === key);
    if (there) await removeFromOutbox(key);
    return there;
  });
}

let queue: Promise<unknown> = Promise.resolve();

/** One at a time, over all pages and the service worker; without TLS there is no worker, and the keys keep two pages from making two posts. */
async function withOutbox<T>(run: () => Promise<T>): Promise<T> {
  if (navigator.locks !== undefined) return (await navigator.locks.request(OUTBOX_TAG, run)) as T;
  const turn = queue.then(run);
  queue = turn.catch(() => {});
  return turn;
}

async function unsent(): Promise<OutboxEntry[]> {
  return (await outboxEntries()).filter(({ refused }) => refused === undefined);
}

async function sendDue(onSent: OnSent): Promise<void> {
  for (const entry of await unsent()) {
    if (entry.dueMs > Date.now()) return;
    const response = await send(entry);
    if (response.ok) {
      const status = (await response.json()) as Status;
      await removeFromOutbox(entry.key);
      onSent(status, entry);
    } else if (response.status === 401 || response.status === 429 || response.status >= 500) {
      const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
      throw new NotSentYet(Number.isFinite(seconds) ? seconds * 1_000 : undefined);
    } else {
      const body = (await response.json().catch(() => ({}))) as ErrorBody;
      await putIntoOutbox({ ...entry, refused: { status: response.status, body } });
    }
  }
}

/** The answer to the post, or to the first of its files that was not taken. */
async function send({ key, media, body }: OutboxEntry): Promise<Response> {
  for (const { id, ...details } of media) {
    const response = await request('PUT', `/api/v1/media/${id}`, details);
    if (!response.ok) return response;
  }
  return request('POST', '/api/v1/statuses', body, { 'Idempotency-Key': key });
}

async function request(method: string, path: string, body: unknown, headers = {}): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      headers: { 'Content-Type': 'application/json', [CLIENT_HEADER]: 'web', ...headers },
      credentials: 'same-origin',
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(ATTEMPT_MS),
    });
  } catch {
    throw new NotSentYet();
  }
}
