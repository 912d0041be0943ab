import type { Middleware } from 'openapi-fetch';
import { useSyncExternalStore } from 'react';
import { api } from './client.ts';
import { ApiFailure } from './failure.ts';

/** How it stands between this page and its server. */
export interface Connection {
  /** Whether the last request reached it, as far as the browser knows. */
  readonly offline: boolean;
  /** Until when it asks to be left alone; 0 when it does not. */
  readonly busyUntilMs: number;
  /** Whether it knows no more who this is. */
  readonly signedOut: boolean;
}

const A_WHILE_MS = 5_000;
/** What the plaza interface asks for again, a password for one, is no end of a session. */
const PUBLIC_API = /^\/api\/v\d\//;

const listeners = new Set<() => void>();
let connection: Connection = { offline: !navigator.onLine, busyUntilMs: 0, signedOut: false };

export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, () => connection);
}

export function isOffline(): boolean {
  return connection.offline;
}

export function setConnection(change: Partial<Connection>): void {
  const next = { ...connection, ...change };
  if ((Object.keys(change) as (keyof Connection)[]).every((name) => next[name] === connection[name])) return;
  connection = next;
  for (const listener of listeners) listener();
}

/** Watches all that is asked of the server. */
const watch: Middleware = {
  onResponse({ request, response }) {
    const signedOut = response.status === 401 && PUBLIC_API.test(new URL(request.url).pathname);
    setConnection({
      offline: false,
      ...(signedOut && { signedOut }),
      ...(response.status === 429 && { busyUntilMs: Date.now() + waitOf(response) }),
    });
  },
  onError({ error }) {
    if (error instanceof ApiFailure && error.kind === 'offline') setConnection({ offline: true });
  },
};

export function watchConnection(): void {
  api.use(watch);
  addEventListener('offline', () => setConnection({ offline: true }));
}

function waitOf(response: Response): number {
  const seconds = Number(response.headers.get('retry-after'));
  return seconds > 0 ? seconds * 1_000 : A_WHILE_MS;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
