import { LRUCache } from 'lru-cache';
import type { Clock } from '#platform/clock/clock.ts';
import { SharedReads } from '#platform/coalesce/shared-reads.ts';
import { recording } from '#platform/remembering/recording.ts';
import type { CountRow, CountStore } from './count-store.ts';

/** Some 150 bytes each. */
const MAX_ROWS = 20_000;
/** How much later a count is seen that another process wrote. */
const FRESH_MS = 1_000;

interface Known {
  readonly row: CountRow;
  readonly freshUntilMs: number;
}

/**
 * Counts for readers who have no deed of their own in them, so that a thousand who come at once make one read. What this process counts is seen at once:
 * a row is kept only when nothing was counted here since before it was read. What another process counts is seen a second later, within the lag that
 * counts have anyway; where there is no other process, rows are kept for as long as there is room.
 */
export class RecentCounts {
  readonly #counts: Pick<CountStore, 'rows'>;
  readonly #clock: Clock;
  readonly #keepMs: number;
  readonly #rows = new LRUCache<string, Known>({ max: MAX_ROWS });
  readonly #reads = new SharedReads<CountRow>();
  #generation = 0;

  constructor(counts: Pick<CountStore, 'rows'>, clock: Clock, onlyWriter: boolean) {
    this.#counts = counts;
    this.#clock = clock;
    this.#keepMs = onlyWriter ? Number.POSITIVE_INFINITY : FRESH_MS;
  }

  /** In the order asked for; zeros where nothing was counted. */
  async rows(ids: readonly string[]): Promise<CountRow[]> {
    // For whoever has no account, and what they get is not remembered whole.
    recording()?.refuse();
    const nowMs = this.#clock.now();
    const found = new Map<string, CountRow>();
    const missing: string[] = [];
    for (const id of ids) {
      const known = this.#rows.get(id);
      if (known !== undefined && known.freshUntilMs > nowMs) found.set(id, known.row);
      else missing.push(id);
    }
    const [one] = missing;
    if (missing.length === 1) found.set(one!, await this.#one(one!));
    else if (missing.length > 1) for (const [id, row] of await this.#read(missing)) found.set(id, row);
    return ids.map((id) => found.get(id)!);
  }

  /** The counts of a post were written by this process. */
  changed(id: string): void {
    this.#generation++;
    this.#rows.delete(id);
  }

  #one(id: string): Promise<CountRow> {
    return this.#reads.read(`${id} ${this.#generation}`, async () => (await this.#read([id])).get(id)!);
  }

  async #read(ids: readonly string[]): Promise<Map<string, CountRow>> {
    const generation = this.#generation;
    const freshUntilMs = this.#clock.now() + this.#keepMs;
    const rows = await this.#counts.rows(ids);
    const read = new Map(ids.map((id, i) => [id, rows[i]!]));
    if (generation === this.#generation) for (const [id, row] of read) this.#rows.set(id, { row, freshUntilMs });
    return read;
  }
}
