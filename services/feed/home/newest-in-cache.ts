import { type Random, randomToken } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Cache, CacheEntry } from '#ports/cache/port.ts';
import type { Entry } from '../entries/entry.ts';
import type { Newest, NewestEntries } from './newest.ts';

/** Short, because a writer who cannot reach the cache cannot take back what is in it. */
const LIST_TTL_MS = 30_000;
const MARK_TTL_MS = 3_600_000;
const TOKEN_BYTES = 9;
/** Marks that are owed while the cache is away. With more, those of the longest standing are given up: their lists have ended by then, or soon will. */
const MAX_OWED = 10_000;
/** Owed marks that are replaced along with others. */
const OWED_AT_ONCE = 500;

/**
 * In the cache that several processes share. Beside the list of each home stands a mark, which every writer replaces after it has stored entries; a list counts only
 * while the mark is there that was there before the list was read from the store. So a list that was read just before a write, and put just after it, is not
 * believed. Without the cache everything is read from the store.
 *
 * A mark that could not be replaced is owed: this process believes no list of that home until it is, and replaces it with the next call that the cache takes. Other
 * processes may believe the list until then, for as long as it lives at most.
 */
export class NewestInCache implements NewestEntries {
  readonly #cache: Cache;
  readonly #random: Random;
  readonly #log: Logger;
  /** Homes whose mark is owed, each with the number of the failure that made it so. */
  readonly #owed = new Map<string, number>();
  #failures = 0;

  constructor(cache: Cache, random: Random, log: Logger) {
    this.#cache = cache;
    this.#random = random;
    this.#log = log;
  }

  async get(readerId: string, load: () => Promise<Newest>): Promise<Newest> {
    if (this.#owed.has(readerId)) await this.#replaceMarks([readerId]);
    if (this.#owed.has(readerId)) return load();
    const found = await this.#try(() => this.#cache.getMany([listKey(readerId), markKey(readerId)]));
    if (found === undefined) return load();
    let [list, mark] = found;
    const known = list === undefined || mark === undefined ? undefined : parsedList(list, mark);
    if (known !== undefined) return known;
    if (mark === undefined) {
      mark = this.#token();
      const entry = { key: markKey(readerId), value: mark, ttlMs: MARK_TTL_MS };
      // A mark that could not be set may still arrive later, after a writer's: a list that relied on it would hide what the writer stored.
      if (!(await this.#put(entry))) return load();
    }
    const newest = await load();
    list = listText(newest, mark);
    await this.#put({ key: listKey(readerId), value: list, ttlMs: LIST_TTL_MS });
    return newest;
  }

  async added(readerIds: readonly string[]): Promise<void> {
    if (readerIds.length === 0) return;
    const owed = [...this.#owed.keys()].slice(0, OWED_AT_ONCE);
    await this.#replaceMarks(owed.length === 0 ? readerIds : [...new Set([...readerIds, ...owed])]);
  }

  async forget(readerId: string): Promise<void> {
    await this.added([readerId]);
  }

  async #replaceMarks(readerIds: readonly string[]): Promise<void> {
    const value = this.#token();
    const owedBefore = readerIds.map((readerId) => this.#owed.get(readerId));
    const marks = readerIds.map((readerId) => ({ key: markKey(readerId), value, ttlMs: MARK_TTL_MS }));
    const took = await this.#try(async () => {
      await this.#cache.setMany(marks);
      return true;
    });
    if (!took) return this.#owe(readerIds);
    for (const [index, readerId] of readerIds.entries()) {
      // What was stored after this mark was sent is not covered by it.
      if (this.#owed.get(readerId) === owedBefore[index]) this.#owed.delete(readerId);
    }
  }

  #owe(readerIds: readonly string[]): void {
    const failure = ++this.#failures;
    for (const readerId of readerIds) {
      this.#owed.delete(readerId);
      this.#owed.set(readerId, failure);
    }
    for (const readerId of this.#owed.keys()) {
      if (this.#owed.size <= MAX_OWED) return;
      this.#owed.delete(readerId);
    }
  }

  /** Whether the cache took it. */
  async #put(entry: CacheEntry): Promise<boolean> {
    const took = await this.#try(async () => {
      await this.#cache.setMany([entry]);
      return true;
    });
    return took ?? false;
  }

  #token(): string {
    return randomToken(this.#random, TOKEN_BYTES);
  }

  async #try<R>(call: () => Promise<R>): Promise<R | undefined> {
    try {
      return await call();
    } catch (error) {
      this.#log.debug({ err: error }, 'the cache of homes is away');
      return undefined;
    }
  }
}

function listKey(readerId: string): string {
  return `feed:home:${readerId}`;
}

function markKey(readerId: string): string {
  return `feed:home-mark:${readerId}`;
}

type EntryText = [postId: string, authorId: string, targetId: string | null, tags: string];

function listText({ entries, from }: Newest, mark: string): string {
  const rows = entries.map((entry): EntryText => [entry.postId, entry.authorId, entry.targetId, entry.tags]);
  return JSON.stringify([mark, from, rows]);
}

function parsedList(text: string, mark: string): Newest | undefined {
  const [listMark, from, rows] = JSON.parse(text) as [string, string, EntryText[]];
  if (listMark !== mark) return undefined;
  const entries = rows.map(([postId, authorId, targetId, tags]): Entry => ({ postId, authorId, targetId, tags }));
  return { entries, from };
}
