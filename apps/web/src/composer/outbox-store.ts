import type { ErrorBody } from '../api/failure.ts';
import type { Draft } from './draft.ts';
import type { PostBody } from './request.ts';

/** A finished post that is not sent yet. The file `outbox.ts` says how it is sent. */
export interface OutboxEntry {
  /** The `Idempotency-Key`. */
  readonly key: string;
  /** The id of who wrote it. */
  readonly account: string;
  /** Not sooner than this: until then it can be taken back. */
  readonly dueMs: number;
  /** What the server does not know yet of the files. */
  readonly media: readonly { readonly id: string; readonly description: string; readonly focus: string }[];
  readonly body: PostBody;
  /** What the composer is given back when the post is taken back or refused. */
  readonly draft: Draft;
  /** Why the server does not take it; it is sent no more. */
  readonly refused?: { readonly status: number; readonly body: ErrorBody };
}

/** Version 1 has one store, `posts`, with the entries under their `key`. */
const DATABASE = 'plaza-outbox';
const STORE = 'posts';

export function putIntoOutbox(entry: OutboxEntry): Promise<unknown> {
  return inStore('readwrite', (store) => store.put(entry));
}

export function removeFromOutbox(key: string): Promise<unknown> {
  return inStore('readwrite', (store) => store.delete(key));
}

/** All that is there, the oldest first. */
export async function outboxEntries(): Promise<OutboxEntry[]> {
  const all = await inStore<OutboxEntry[]>('readonly', (store) => store.getAll());
  return all.sort((a, b) => a.dueMs - b.dueMs);
}

/** For the sign-out: nothing is sent any more. */
export function eraseOutbox(): Promise<unknown> {
  return inStore('readwrite', (store) => store.clear());
}

async function inStore<T>(mode: IDBTransactionMode, run: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = run(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'key' });
    request.onsuccess = () => {
      const { result } = request;
      result.onversionchange = () => result.close();
      resolve(result);
    };
    request.onerror = () => reject(request.error);
  });
}
