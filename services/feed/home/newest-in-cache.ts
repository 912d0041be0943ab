import { type Random, randomToken } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Cache, CacheEntry } from '#ports/cache/port.ts';
import type { Entry } from '../entries/entry.ts';
import type { Newest, NewestEntries } from './newest.ts';

/** Short, because a writer who cannot reach the cache cannot take back what is in it. */
const LIST_TTL_MS = 30_000;
const MARK_TTL_MS = 3_600_000;
const TOKEN_BYTES = 9;

/**
 * In the cache that several processes share. Beside the list of each home stands a mark, which every writer replaces after it has stored entries; a list counts only
 * while the mark is there that was there before the list was read from the store. So a list that was read just before a write, and put just after it, is not
 * believed. Without the cache everything is read from the store.
 */
export class NewestInCache implements NewestEntries {
  readonly #cache: Cache;
  readonly #random: Random;
  readonly #log: Logger;

  constructor(cache: Cache, random: Random, log: Logger) {
    this.#cache = cache;
    this.#random = random;
    this.#log = log;
  }

  async get(readerId: string, load: () => Promise<Newest>): Promise<Newest> {
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
    const value = this.#token();
    const marks = readerIds.map((readerId) => ({ key: markKey(readerId), value, ttlMs: MARK_TTL_MS }));
    await this.#try(() => this.#cache.setMany(marks));
  }

  async forget(readerId: string): Promise<void> {
    await this.added([readerId]);
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
