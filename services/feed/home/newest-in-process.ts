import { LRUCache } from 'lru-cache';
import { compareIds } from '#platform/ids/ids.ts';
import { type Changing, noteChange, stampOf } from '#platform/remembering/dependencies.ts';
import { recording } from '#platform/remembering/recording.ts';
import { type Entry, firstAtOrBelow, joinEntries } from '../entries/entry.ts';
import { NEWEST_KEPT, type Newest, type NewestEntries } from './newest.ts';

/** A list grows to this before it is cut back, so that cutting is rare. */
const MOST_HELD = 2 * NEWEST_KEPT;

interface Held extends Changing {
  entries: Entry[];
  from: string;
}

interface Loading {
  readonly promise: Promise<Newest>;
  /** Stored while the load was under way: it may have missed them. */
  readonly arrived: Entry[];
  dropped: boolean;
}

/**
 * In the memory of the one process that writes homes: each stored entry is put into the list at once, so the list equals the store. An entry is one
 * object for all its readers; a home costs little more than its pointers.
 */
export class NewestInProcess implements NewestEntries {
  readonly #held: LRUCache<string, Held>;
  readonly #loading = new Map<string, Loading>();

  constructor(homes: number) {
    this.#held = new LRUCache<string, Held>({ max: homes, dispose: noteChange });
  }

  get(readerId: string, load: () => Promise<Newest>): Promise<Newest> {
    const held = this.#held.get(readerId);
    const noting = recording();
    if (held !== undefined) {
      noting?.stamp(stampOf(held));
      return Promise.resolve(held);
    }
    // What another request began to load is not noted here.
    noting?.refuse();
    return this.#loading.get(readerId)?.promise ?? this.#load(readerId, load);
  }

  async added(readerIds: readonly string[], entry: Entry): Promise<void> {
    for (const readerId of readerIds) {
      const held = this.#held.peek(readerId);
      if (held !== undefined) insert(held, entry);
      else if (this.#loading.size > 0) this.#loading.get(readerId)?.arrived.push(entry);
    }
  }

  async forget(readerId: string): Promise<void> {
    this.#held.delete(readerId);
    const loading = this.#loading.get(readerId);
    if (loading !== undefined) loading.dropped = true;
    this.#loading.delete(readerId);
  }

  #load(readerId: string, load: () => Promise<Newest>): Promise<Newest> {
    const loading: Loading = { promise: this.#finish(readerId, load), arrived: [], dropped: false };
    this.#loading.set(readerId, loading);
    return loading.promise;
  }

  async #finish(readerId: string, load: () => Promise<Newest>): Promise<Newest> {
    // The entry of the map is made before anything is awaited.
    await undefined;
    const loading = this.#loading.get(readerId);
    try {
      const { entries, from } = await load();
      const held: Held = { entries: [...entries], from, stamp: undefined };
      for (const entry of loading?.arrived ?? []) insert(held, entry);
      if (loading?.dropped === false) this.#held.set(readerId, held);
      return held;
    } finally {
      if (this.#loading.get(readerId) === loading) this.#loading.delete(readerId);
    }
  }
}

function insert(held: Held, entry: Entry): void {
  noteChange(held);
  const { entries } = held;
  if (compareIds(entry.postId, held.from) < 0) return;
  const first = entries[0];
  if (first === undefined || compareIds(entry.postId, first.postId) > 0) entries.unshift(entry);
  else {
    const index = firstAtOrBelow(entries, entry.postId);
    const there = entries[index];
    if (there?.postId === entry.postId) entries[index] = joinEntries(there, entry);
    else entries.splice(index, 0, entry);
  }
  if (entries.length > MOST_HELD) {
    entries.length = NEWEST_KEPT;
    held.from = entries[NEWEST_KEPT - 1]!.postId;
  }
}
