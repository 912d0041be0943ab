import { LRUCache } from 'lru-cache';
import type { UserService } from '#contracts/services/user.ts';
import type { CallContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { type Changing, noteChange, type Stamp, stampOf } from '#platform/remembering/dependencies.ts';
import { recording } from '#platform/remembering/recording.ts';
import { MAX_RANGE_ROWS, type Mutation, put, type WideColumn } from '#ports/wide-column/port.ts';
import { type FeedConfig, WEEK_MS } from '../config.ts';
import { pulledAuthor } from '../store/tables.ts';

const SHARD = 0;
/** Readers whose followed famous authors are remembered. */
const READERS_HELD = 20_000;
/** How soon this process knows an author whom another process found famous. A graph event clears a reader sooner than this. */
const MAX_AGE_MS = 30_000;

interface Followed extends Stamp {
  readonly ids: readonly string[];
  readonly readMs: number;
}

/**
 * Authors some of whose posts were not pushed, and who of them each reader follows. Who follows nobody famous pays one look into an empty set.
 */
export class FamousAuthors {
  readonly #store: WideColumn;
  readonly #user: UserService;
  readonly #clock: Clock;
  readonly #config: FeedConfig;
  #authors = new Set<string>();
  #readMs = Number.NEGATIVE_INFINITY;
  readonly #followed: LRUCache<string, Followed>;
  readonly #authorsNow: Changing = { stamp: undefined };

  constructor(store: WideColumn, user: UserService, clock: Clock, config: FeedConfig) {
    this.#store = store;
    this.#user = user;
    this.#clock = clock;
    this.#config = config;
    this.#followed = new LRUCache({
      max: READERS_HELD,
      dispose: (followed) => {
        followed.changed = true;
      },
    });
  }

  async load(): Promise<void> {
    this.#readMs = this.#clock.monotonic();
    let after = '0';
    for (;;) {
      const rows = await this.#store.range(pulledAuthor, { shard: SHARD }, { gt: after, limit: MAX_RANGE_ROWS });
      for (const row of rows) this.#add(row.author_id);
      if (rows.length < MAX_RANGE_ROWS) return;
      after = rows.at(-1)!.author_id;
    }
  }

  /** The write that makes an author known to other processes, and to this one after a restart. `version` grows with the author's posts. */
  noted(authorId: string, version: number): Mutation {
    const ttlSeconds = ((this.#config.activeWeeks + 2) * WEEK_MS) / 1_000;
    return put(pulledAuthor, { shard: SHARD, author_id: authorId }, version, { ttlSeconds });
  }

  note(authorId: string): void {
    this.#add(authorId);
  }

  async followedBy(readerId: string, context: CallContext): Promise<readonly string[]> {
    if (this.#config.shared && this.#clock.monotonic() - this.#readMs > MAX_AGE_MS) await this.load();
    const noting = recording();
    noting?.stamp(stampOf(this.#authorsNow));
    if (this.#authors.size === 0) return [];
    const nowMs = this.#clock.monotonic();
    const known = this.#followed.get(readerId);
    if (known !== undefined && nowMs - known.readMs < MAX_AGE_MS) {
      noting?.stamp(known);
      noting?.until(this.#clock.now() + known.readMs + MAX_AGE_MS - nowMs);
      return known.ids;
    }
    const { following } = await this.#user.followingIds({ accountId: readerId }, context);
    const ids = following.filter(({ id }) => this.#authors.has(id)).map(({ id }) => id);
    if (this.#authors.has(readerId)) ids.push(readerId);
    this.#followed.set(readerId, { ids, readMs: nowMs, changed: false });
    return ids;
  }

  /** Whom this reader follows has changed. */
  graphChanged(readerId: string): void {
    this.#followed.delete(readerId);
  }

  #add(authorId: string): void {
    if (this.#authors.has(authorId)) return;
    this.#authors.add(authorId);
    noteChange(this.#authorsNow);
    this.#followed.clear();
  }
}
