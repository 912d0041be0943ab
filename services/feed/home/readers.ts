import type { Clock } from '#platform/clock/clock.ts';
import { MAX_KEYS_PER_READ, MAX_RANGE_ROWS, put, type WideColumn } from '#ports/wide-column/port.ts';
import { type FeedConfig, WEEK_MS } from '../config.ts';
import { activeReader } from '../store/tables.ts';
import { weekOf } from '../store/weeks.ts';

/** Partitions of one week: a million readers make rows of one partition too many. */
const SHARDS = 16;

/**
 * Who reads home at present: the fan-out writes to nobody else. A reader is marked before home is rebuilt, so a post is either there when the rebuild
 * pulls, or comes after the mark and is pushed.
 */
export class ActiveReaders {
  readonly #store: WideColumn;
  readonly #clock: Clock;
  readonly #weeks: number;
  readonly #shared: boolean;
  readonly #lastWeek = new Map<string, number>();
  #sweptWeek = 0;
  /** Marks of all weeks before this one are known. */
  #knownWeek = 0;
  #reading: Promise<void> | undefined;

  constructor(store: WideColumn, clock: Clock, config: FeedConfig) {
    this.#store = store;
    this.#clock = clock;
    this.#weeks = config.activeWeeks;
    this.#shared = config.shared;
  }

  /** Reads the marks of the weeks that count. */
  async load(): Promise<void> {
    const now = weekOf(this.#clock.now());
    await this.#loadWeeks(now - this.#weeks, now);
    this.#knownWeek = now;
  }

  /**
   * Those who get pushes now. Where other processes mark readers too, whoever is not known here is looked up among the marks of this week; those of a week that is over
   * are read once, whole.
   */
  async activeAmong(readerIds: readonly string[]): Promise<string[]> {
    const nowWeek = weekOf(this.#clock.now());
    if (this.#shared && nowWeek > this.#knownWeek) await this.#loadEndedWeeks(nowWeek);
    const oldest = nowWeek - this.#weeks;
    const active: string[] = [];
    const unknown: string[] = [];
    for (const readerId of readerIds) {
      const week = this.#lastWeek.get(readerId);
      if (week !== undefined && week >= oldest) active.push(readerId);
      else if (this.#shared) unknown.push(readerId);
    }
    for (let start = 0; start < unknown.length; start += MAX_KEYS_PER_READ) {
      const keys = unknown.slice(start, start + MAX_KEYS_PER_READ).map((readerId) => key(readerId, nowWeek));
      for (const row of await this.#store.getMany(activeReader, keys)) {
        if (row === undefined) continue;
        this.#note(row.reader_id, nowWeek);
        active.push(row.reader_id);
      }
    }
    return active;
  }

  /** Whether nobody gets pushes now, as after an import: then nobody's followers need to be looked through. */
  get none(): boolean {
    return !this.#shared && this.#lastWeek.size === 0;
  }

  /** From now on, pushes reach this reader. */
  async mark(readerId: string, week: number): Promise<void> {
    this.#sweep(week);
    this.#note(readerId, week);
    await this.#store.write([
      put(activeReader, key(readerId, week), 1, { ttlSeconds: ((this.#weeks + 2) * WEEK_MS) / 1_000 }),
    ]);
  }

  forget(readerId: string): void {
    this.#lastWeek.delete(readerId);
  }

  /** Once a week, drops readers who have been away for too long. */
  #sweep(week: number): void {
    if (week <= this.#sweptWeek) return;
    this.#sweptWeek = week;
    for (const [readerId, last] of this.#lastWeek) if (last < week - this.#weeks) this.#lastWeek.delete(readerId);
  }

  #note(readerId: string, week: number): void {
    const known = this.#lastWeek.get(readerId);
    if (known === undefined || known < week) this.#lastWeek.set(readerId, week);
  }

  async #loadEndedWeeks(nowWeek: number): Promise<void> {
    this.#reading ??= this.#loadWeeks(Math.max(this.#knownWeek, nowWeek - this.#weeks), nowWeek - 1)
      .then(() => {
        this.#knownWeek = nowWeek;
      })
      .finally(() => {
        this.#reading = undefined;
      });
    await this.#reading;
  }

  async #loadWeeks(first: number, last: number): Promise<void> {
    for (let week = first; week <= last; week++) {
      for (let shard = 0; shard < SHARDS; shard++) await this.#loadShard(week, shard);
    }
  }

  async #loadShard(week: number, shard: number): Promise<void> {
    let after: string | undefined;
    for (;;) {
      const bound = after === undefined ? {} : { gt: after };
      const rows = await this.#store.range(activeReader, { week, shard }, { ...bound, limit: MAX_RANGE_ROWS });
      for (const row of rows) this.#note(row.reader_id, week);
      if (rows.length < MAX_RANGE_ROWS) return;
      after = rows.at(-1)!.reader_id;
    }
  }
}

function key(readerId: string, week: number) {
  return { week, shard: Number(BigInt(readerId) % BigInt(SHARDS)), reader_id: readerId };
}
