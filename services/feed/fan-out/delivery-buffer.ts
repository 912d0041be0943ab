import type { Faults } from '#platform/faults/faults.ts';
import type { Mutation } from '#ports/wide-column/port.ts';
import type { Entry } from '../entries/entry.ts';
import type { NewestEntries } from '../home/newest.ts';
import type { HomeStore } from '../home/store.ts';

interface Parts {
  readonly store: HomeStore;
  readonly newest: NewestEntries;
  readonly faults: Faults;
  readonly entriesPerWrite: number;
}

/** Gathers home entries of one or many posts into large writes: the store sorts them by reader, and neighbours are written together. */
export class DeliveryBuffer {
  readonly #parts: Parts;
  #mutations: Mutation[] = [];
  #arrivals: { readonly entry: Entry; readonly readerIds: string[] }[] = [];
  written = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async add(entry: Entry, write: (readerId: string) => Mutation, readerIds: readonly string[]): Promise<void> {
    let arrival: string[] = [];
    this.#arrivals.push({ entry, readerIds: arrival });
    for (const readerId of readerIds) {
      this.#mutations.push(write(readerId));
      arrival.push(readerId);
      if (this.#mutations.length < this.#parts.entriesPerWrite) continue;
      await this.flush();
      arrival = [];
      this.#arrivals.push({ entry, readerIds: arrival });
    }
  }

  /** Stores what was gathered; memory follows the store. */
  async flush(): Promise<void> {
    const mutations = this.#mutations;
    const arrivals = this.#arrivals;
    this.#mutations = [];
    this.#arrivals = [];
    if (mutations.length === 0) return;
    await this.#parts.store.write(mutations);
    this.written += mutations.length;
    this.#parts.faults.hit('feed.between-batches');
    for (const { entry, readerIds } of arrivals) await this.#parts.newest.added(readerIds, entry);
  }
}
