import { LRUCache } from 'lru-cache';
import type { Stamp } from '#platform/remembering/dependencies.ts';
import { recording } from '#platform/remembering/recording.ts';
import { FINAL_VERSION, put, remove, type WideColumn } from '#ports/wide-column/port.ts';
import { homeState } from '../store/tables.ts';

export interface HomeState {
  /** Stored entries with ids at or above this are complete. */
  readonly completeFrom: string;
  /** When the reader last looked. */
  readonly week: number;
  /** The version of the row. */
  readonly revision: number;
}

type Held = HomeState & Stamp;

/** What is known of readers' homes. */
export class HomeStates {
  readonly #store: WideColumn;
  readonly #held: LRUCache<string, Held>;

  constructor(store: WideColumn, homes: number) {
    this.#store = store;
    this.#held = new LRUCache({
      max: homes,
      dispose: (held) => {
        held.changed = true;
      },
    });
  }

  /** In memory; undefined says nothing. */
  held(readerId: string): HomeState | undefined {
    const held = this.#held.get(readerId);
    if (held !== undefined) recording()?.stamp(held);
    return held;
  }

  async read(readerId: string): Promise<HomeState | undefined> {
    const row = await this.#store.get(homeState, { reader_id: readerId });
    if (row === undefined) return undefined;
    const state = { completeFrom: row.complete_from, week: row.week, revision: row.revision };
    this.#held.set(readerId, { ...state, changed: false });
    return state;
  }

  async write(readerId: string, state: HomeState): Promise<void> {
    const { completeFrom, week, revision } = state;
    const row = { reader_id: readerId, complete_from: completeFrom, week, revision };
    await this.#store.write([put(homeState, row, revision)]);
    this.#held.set(readerId, { ...state, changed: false });
  }

  async forget(readerId: string): Promise<void> {
    this.#held.delete(readerId);
    await this.#store.write([remove(homeState, { reader_id: readerId }, FINAL_VERSION)]);
  }
}
