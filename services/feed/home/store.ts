import type { Clock } from '#platform/clock/clock.ts';
import { idAt, idTimeMs } from '#platform/ids/ids.ts';
import { MAX_MUTATIONS_PER_WRITE, type Mutation, put, type Range, type WideColumn } from '#ports/wide-column/port.ts';
import { type FeedConfig, WEEK_MS } from '../config.ts';
import { type Entry, joinEntries } from '../entries/entry.ts';
import { type EntryStream, emptyStream } from '../entries/stream.ts';
import { homeEntry } from '../store/tables.ts';
import { weekOf, weekOfId } from '../store/weeks.ts';

/** Rows of one read: a page of 20 with what folding looks ahead fits. */
const ROWS_PER_READ = 100;
/** Entries expire by the clocks of the store: this close to the end they do not count as stored. */
const EXPIRY_SLACK_MS = 3_600_000;
const AHEAD_MS = 3_600_000;
const ENTRY_VERSION = 1;

/** Stored home entries. */
export class HomeStore {
  readonly #store: WideColumn;
  readonly #clock: Clock;
  readonly #keepMs: number;

  constructor(store: WideColumn, clock: Clock, config: FeedConfig) {
    this.#store = store;
    this.#clock = clock;
    this.#keepMs = (config.activeWeeks + 1) * WEEK_MS;
  }

  /** Ids below this are not kept. */
  oldestKept(): string {
    return idAt(this.#clock.now() - this.#keepMs + EXPIRY_SLACK_MS);
  }

  /** Makes the writes of one post, for any reader; undefined when the post is too old for any home. */
  writerOf(entry: Entry, tag = ''): ((readerId: string) => Mutation) | undefined {
    const ttlSeconds = Math.floor((idTimeMs(entry.postId) + this.#keepMs - this.#clock.now()) / 1_000);
    if (ttlSeconds <= EXPIRY_SLACK_MS / 1_000) return undefined;
    const week = weekOfId(entry.postId);
    const { postId, authorId, targetId } = entry;
    return (readerId) =>
      put(
        homeEntry,
        { reader_id: readerId, week, post_id: postId, tag, author_id: authorId, target_id: targetId },
        ENTRY_VERSION,
        { ttlSeconds },
      );
  }

  async write(mutations: readonly Mutation[]): Promise<void> {
    for (let start = 0; start < mutations.length; start += MAX_MUTATIONS_PER_WRITE) {
      await this.#store.write(mutations.slice(start, start + MAX_MUTATIONS_PER_WRITE));
    }
  }

  /** Everything that is stored for a reader who is gone for good. */
  async dropAll(readerId: string): Promise<void> {
    const last = weekOf(this.#clock.now() + AHEAD_MS);
    const first = weekOf(this.#clock.now() - this.#keepMs);
    for (let week = first; week <= last; week++) {
      await this.#store.dropPartition(homeEntry, { reader_id: readerId, week });
    }
  }

  /** Entries with ids below `below` and at or above `from`, newest first. */
  newestFirst(readerId: string, below: string, from: string): EntryStream {
    return this.#stream(readerId, this.#atMostNow(below), weekOfId(from), { lt: below }, { gte: from }, false);
  }

  /** Entries with ids above `above` and below `below`, oldest first. */
  oldestFirst(readerId: string, above: string, below: string): EntryStream {
    return this.#stream(readerId, weekOfId(above), this.#atMostNow(below), { gt: above }, { lt: below }, true);
  }

  /** The week of an id that a client made up may be far ahead; ids of posts run ahead of this clock by minutes at most. */
  #atMostNow(id: string): number {
    return Math.min(weekOfId(id), weekOf(this.#clock.now() + AHEAD_MS));
  }

  /** Walks the weeks from one bound to the other. */
  #stream(
    readerId: string,
    firstWeek: number,
    lastWeek: number,
    start: Partial<Range>,
    end: Partial<Range>,
    reverse: boolean,
  ): EntryStream {
    const step = reverse ? 1 : -1;
    if ((lastWeek - firstWeek) * step < 0) return emptyStream;
    let week = firstWeek;
    let from = start;
    return {
      next: async () => {
        while ((lastWeek - week) * step >= 0) {
          const range = { ...from, ...end, reverse, limit: ROWS_PER_READ };
          const rows = await this.#store.range(homeEntry, { reader_id: readerId, week }, range);
          const full = rows.length === ROWS_PER_READ;
          const entries = joinedRows(rows);
          if (full && entries.length > 1) {
            // The last post may have more rows by other hashtags: it is read again, whole.
            const last = entries.pop()!.postId;
            from = reverse ? { gte: last } : { lte: last };
          } else {
            week += step;
            // Ids of the other weeks lie wholly on the right side of the start.
          }
          if (entries.length > 0) return entries;
        }
        return [];
      },
    };
  }
}

interface Row {
  readonly post_id: string;
  readonly tag: string;
  readonly author_id: string;
  readonly target_id: string | null;
}

function joinedRows(rows: readonly Row[]): Entry[] {
  const entries: Entry[] = [];
  for (const row of rows) {
    const entry = { postId: row.post_id, authorId: row.author_id, targetId: row.target_id, tags: row.tag };
    const last = entries.length - 1;
    if (last >= 0 && entries[last]!.postId === entry.postId) entries[last] = joinEntries(entries[last]!, entry);
    else entries.push(entry);
  }
  return entries;
}
