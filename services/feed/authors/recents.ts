import { LRUCache } from 'lru-cache';
import type { PostService } from '#contracts/services/post.ts';
import type { CallContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { compareIds } from '#platform/ids/ids.ts';
import { type Changing, noteChange, stampOf } from '#platform/remembering/dependencies.ts';
import { recording } from '#platform/remembering/recording.ts';
import type { Cache } from '#ports/cache/port.ts';
import type { FeedConfig } from '../config.ts';
import { type Entry, entryOf, firstAtOrBelow, firstBelow } from '../entries/entry.ts';
import type { EntryStream } from '../entries/stream.ts';

/** Posts of one author that are held in memory: two pages. */
const HELD_POSTS = 40;
/** Posts that are fetched at a time from further back. */
const POSTS_PER_FETCH = 40;
/** News of other processes may be lost, so what is held is read again after this. */
const MAX_AGE_MS = 60_000;
const NEWS_CHANNEL = 'feed.posted';

interface Held extends Changing {
  /** Newest first; all posts of the author with ids at or above `from`. */
  entries: Entry[];
  from: string;
  readonly readMs: number;
}

interface Loading {
  readonly promise: Promise<Held>;
  readonly arrived: Entry[];
}

/**
 * The newest posts of authors, for whatever is put together when it is read: posts of famous authors, lists, the home of somebody who comes
 * back, and the far end of home. Held in memory, bounded, and kept up to date by the post events.
 */
export class AuthorRecents {
  readonly #post: PostService;
  readonly #cache: Cache;
  readonly #clock: Clock;
  readonly #shared: boolean;
  readonly #held: LRUCache<string, Held>;
  readonly #loading = new Map<string, Loading>();
  #unsubscribe: (() => Promise<void>) | undefined;

  constructor(post: PostService, cache: Cache, clock: Clock, config: FeedConfig) {
    this.#post = post;
    this.#cache = cache;
    this.#clock = clock;
    this.#shared = config.shared;
    this.#held = new LRUCache<string, Held>({ max: config.authorsInMemory, dispose: noteChange });
  }

  async start(): Promise<void> {
    if (!this.#shared) return;
    this.#unsubscribe = await this.#cache.subscribe(NEWS_CHANNEL, (message) => {
      for (const entry of JSON.parse(message) as Entry[]) this.#note(entry);
    });
  }

  async stop(): Promise<void> {
    await this.#unsubscribe?.();
  }

  /** Takes posts in that were just made. */
  async posted(entries: readonly Entry[]): Promise<void> {
    for (const entry of entries) this.#note(entry);
    // Lost news are made up for by reading again after a while.
    if (this.#shared && entries.length > 0) {
      await this.#cache.publish(NEWS_CHANNEL, JSON.stringify(entries)).catch(() => {});
    }
  }

  forget(authorId: string): void {
    this.#held.delete(authorId);
  }

  /** Posts of the author with ids below `below` and at or above `from`, newest first. */
  newestFirst(authorId: string, below: string | null, from: string, context: CallContext): EntryStream {
    let before = below;
    let tookHeld = false;
    let ended = false;
    const takeHeld = (held: Held): readonly Entry[] => {
      tookHeld = true;
      if (compareIds(held.from, from) <= 0) ended = true;
      const start = before === null ? 0 : firstBelow(held.entries, before);
      if (before === null || compareIds(held.from, before) < 0) before = held.from;
      return held.entries.slice(start, firstBelow(held.entries, from));
    };
    const fetch = async (): Promise<readonly Entry[]> => {
      const piece = await this.#fetch(authorId, before, context);
      if (piece.length < POSTS_PER_FETCH) ended = true;
      before = piece.at(-1)?.postId ?? before;
      const end = piece.findIndex((entry) => compareIds(entry.postId, from) < 0);
      if (end < 0) return piece;
      ended = true;
      return piece.slice(0, end);
    };
    return {
      ready: () => {
        if (tookHeld) return ended ? [] : undefined;
        const held = this.#fresh(authorId);
        if (held === undefined) return undefined;
        const piece = takeHeld(held);
        return piece.length > 0 || ended ? piece : undefined;
      },
      next: async () => {
        if (!tookHeld) {
          const piece = takeHeld(this.#fresh(authorId) ?? (await this.#read(authorId, context)));
          if (piece.length > 0) return piece;
        }
        return ended ? [] : fetch();
      },
    };
  }

  #fresh(authorId: string): Held | undefined {
    const held = this.#held.get(authorId);
    if (held === undefined) return undefined;
    const noting = recording();
    if (this.#shared) {
      noting?.refuse();
      return this.#clock.monotonic() - held.readMs < MAX_AGE_MS ? held : undefined;
    }
    noting?.stamp(stampOf(held));
    return held;
  }

  #read(authorId: string, context: CallContext): Promise<Held> {
    // What another request began to load is not noted here.
    recording()?.refuse();
    const underWay = this.#loading.get(authorId);
    if (underWay !== undefined) return underWay.promise;
    const arrived: Entry[] = [];
    const promise = this.#load(authorId, arrived, context).finally(() => this.#loading.delete(authorId));
    this.#loading.set(authorId, { promise, arrived });
    return promise;
  }

  async #load(authorId: string, arrived: readonly Entry[], context: CallContext): Promise<Held> {
    const readMs = this.#clock.monotonic();
    const entries = await this.#fetch(authorId, null, context, HELD_POSTS);
    const from = entries.length < HELD_POSTS ? '0' : entries.at(-1)!.postId;
    const held: Held = { entries, from, readMs, stamp: undefined };
    for (const entry of arrived) insert(held, entry);
    this.#held.set(authorId, held);
    return held;
  }

  async #fetch(
    authorId: string,
    before: string | null,
    context: CallContext,
    limit = POSTS_PER_FETCH,
  ): Promise<Entry[]> {
    const { heads } = await this.#post.recentByAuthor({ accountId: authorId, before, limit }, context);
    return heads.map(entryOf);
  }

  #note(entry: Entry): void {
    const held = this.#held.peek(entry.authorId);
    if (held !== undefined) insert(held, entry);
    this.#loading.get(entry.authorId)?.arrived.push(entry);
  }
}

function insert(held: Held, entry: Entry): void {
  noteChange(held);
  const { entries } = held;
  if (compareIds(entry.postId, held.from) < 0) return;
  const index = firstAtOrBelow(entries, entry.postId);
  if (entries[index]?.postId === entry.postId) return;
  entries.splice(index, 0, entry);
  if (entries.length > 2 * HELD_POSTS) {
    entries.length = HELD_POSTS;
    held.from = entries[HELD_POSTS - 1]!.postId;
  }
}
