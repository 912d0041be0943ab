import { LRUCache } from 'lru-cache';
import type { Stamp } from '#platform/remembering/dependencies.ts';
import { recording } from '#platform/remembering/recording.ts';

/** What a write makes of a row: a new row under a key that is nobody else's yet, `null` for a final removal, `'ask'` where only the table knows who wins. */
export type Outcome<V extends object> = V | null | 'ask';

interface Held<V> extends Stamp {
  readonly value: V | null;
}

/**
 * Rows held in memory by the only process that writes them. They can never be stale after an acknowledged change:
 * - before a write, its keys are taken out; while it runs, nobody puts them back;
 * - a reader puts a row in only when no write began or ended since before it read;
 * - after a write and before its acknowledgement, a new row or a removal is put in. A removal is final, so it may always be put in; a new row
 *   only if nothing was known of the key before and no other write of it overlapped; for an overwrite the table is asked, because it may have lost
 *   against a removal.
 *
 * With several processes that write the same table this reasoning is gone; a store is then made without one.
 */
export class WriteThrough<V extends object> {
  readonly #rows: LRUCache<string, Held<V>>;
  readonly #inFlight = new Map<string, { count: number; overlapped: boolean }>();
  #generation = 0;

  constructor(maxRows: number) {
    this.#rows = new LRUCache({
      max: maxRows,
      dispose: (held) => {
        held.changed = true;
      },
    });
  }

  /** To be taken before the table is read, and given to {@link fill}. */
  get generation(): number {
    return this.#generation;
  }

  /** The row, null when there is none, undefined when the table has to be asked. */
  get(key: string): V | null | undefined {
    const held = this.#rows.get(key);
    if (held === undefined) return undefined;
    recording()?.stamp(held);
    return held.value;
  }

  fill(key: string, value: V | null, generation: number): void {
    if (generation === this.#generation && !this.#inFlight.has(key)) this.#rows.set(key, { value, changed: false });
  }

  /** Runs a write of these rows. When it fails its fate is unknown, so the table is asked next time. */
  async writing(rows: ReadonlyMap<string, Outcome<V>>, write: () => Promise<void>): Promise<void> {
    for (const key of rows.keys()) this.#begin(key);
    this.#generation++;
    let landed = false;
    try {
      await write();
      landed = true;
    } finally {
      this.#generation++;
      for (const [key, outcome] of rows) this.#end(key, landed ? outcome : 'ask');
    }
  }

  #begin(key: string): void {
    // What is known of already is nobody's own: another call wrote it under the same id, and may have removed it since.
    const known = this.#rows.has(key);
    this.#rows.delete(key);
    const others = this.#inFlight.get(key);
    if (others === undefined) {
      this.#inFlight.set(key, { count: 1, overlapped: known });
    } else {
      others.count++;
      others.overlapped = true;
    }
  }

  #end(key: string, outcome: Outcome<V>): void {
    const writes = this.#inFlight.get(key)!;
    if (--writes.count === 0) this.#inFlight.delete(key);
    if (outcome === null) this.#rows.set(key, { value: null, changed: false });
    else if (outcome === 'ask' || writes.overlapped) this.#rows.delete(key);
    else this.#rows.set(key, { value: outcome, changed: false });
  }
}
