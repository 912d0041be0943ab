import type { Page } from '#contracts/model/common.ts';
import type { PostService } from '#contracts/services/post.ts';
import type { UserService } from '#contracts/services/user.ts';
import type { CallContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { compareIds, MAX_ID } from '#platform/ids/ids.ts';
import type { FamousAuthors } from '../authors/famous.ts';
import type { AuthorRecents } from '../authors/recents.ts';
import { type Entry, firstAtOrBelow, firstBelow } from '../entries/entry.ts';
import { merged } from '../entries/merge.ts';
import { fillDownwards, fillUpwards, type ShownPage } from '../entries/page.ts';
import { collect, concatenated, type EntryStream, listStream } from '../entries/stream.ts';
import { FOLD_WINDOW } from '../judge/fold.ts';
import { Material } from '../judge/material.ts';
import { type Arrangement, stands } from '../judge/rules.ts';
import { judgeBy } from '../judge/timeline-judge.ts';
import { NEWEST_KEPT, type NewestEntries } from './newest.ts';
import type { Presence } from './presence.ts';
import type { PulledHome } from './pull.ts';
import type { HomeStore } from './store.ts';

interface Parts {
  readonly post: PostService;
  readonly user: UserService;
  readonly presence: Presence;
  readonly store: HomeStore;
  readonly newest: NewestEntries;
  readonly pulled: PulledHome;
  readonly recents: AuthorRecents;
  readonly famous: FamousAuthors;
  readonly clock: Clock;
  readonly arrangements: Arrangements;
}

/** How a reader arranged home. */
export interface Arrangements {
  /** `prepare` fetches what the arrangement needs to know of these entries. */
  ofHome(
    readerId: string,
  ): Promise<{ arrangement: Arrangement; prepare: (entries: readonly Entry[]) => Promise<void> }>;
}

/** Entries that were pulled for a client that reads upwards from beyond what is stored: what lies further down is then left out. */
const MAX_PULLED_UPWARDS = 4_000;

/**
 * The home timeline. Down to `completeFrom` it is what was stored for the reader, merged with the posts of famous authors; below it is pulled
 * from whom the reader follows, so it never ends early.
 */
export class Home {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async read(readerId: string, page: Page, context: CallContext): Promise<ShownPage> {
    const { post, user, presence, arrangements } = this.#parts;
    const completeFrom = await presence.completeFrom(readerId, context);
    const { arrangement, prepare } = await arrangements.ofHome(readerId);
    const material = new Material(post, user, readerId, context);
    const judge = judgeBy(material, (entry) => stands(entry, material, arrangement), { folding: true, prepare });
    if (page.minId === undefined) {
      return fillDownwards(await this.#downwards(readerId, page.maxId, completeFrom, context), page, judge);
    }
    const olderThan = async (id: string) =>
      firstOf(await this.#downwards(readerId, id, completeFrom, context), FOLD_WINDOW);
    return fillUpwards(await this.#upwards(readerId, page, completeFrom, context), olderThan, page, judge);
  }

  async #downwards(
    readerId: string,
    maxId: string | undefined,
    completeFrom: string,
    context: CallContext,
  ): Promise<EntryStream> {
    const below = maxId ?? MAX_ID;
    const pulled = () =>
      this.#parts.pulled.newestFirst(
        readerId,
        compareIds(below, completeFrom) < 0 ? below : completeFrom,
        '0',
        context,
      );
    if (compareIds(below, completeFrom) <= 0) return pulled();
    return concatenated([() => this.#storedDownwards(readerId, below, completeFrom, context), pulled]);
  }

  async #storedDownwards(
    readerId: string,
    below: string,
    completeFrom: string,
    context: CallContext,
  ): Promise<EntryStream> {
    const { store, recents, famous } = this.#parts;
    const newest = await this.#newest(readerId, completeFrom);
    const start = below === MAX_ID ? 0 : firstBelow(newest.entries, below);
    const held = newest.entries.slice(start, firstBelow(newest.entries, completeFrom));
    // What is held goes on changing; what was taken from it ends here.
    const heldFrom = newest.from;
    const stored =
      compareIds(heldFrom, completeFrom) <= 0
        ? listStream(held)
        : concatenated([
            () => listStream(held),
            () => store.newestFirst(readerId, lower(below, heldFrom), completeFrom),
          ]);
    const authors = await famous.followedBy(readerId, context);
    if (authors.length === 0) return stored;
    const lists = authors.map((id) => recents.newestFirst(id, maxIdOf(below), completeFrom, context));
    return merged([stored, ...lists], 'newest-first');
  }

  async #newest(readerId: string, completeFrom: string) {
    return this.#parts.newest.get(readerId, async () => {
      const stream = this.#parts.store.newestFirst(readerId, MAX_ID, completeFrom);
      const { entries, ended } = await collect(stream, NEWEST_KEPT);
      return { entries, from: ended ? completeFrom : entries.at(-1)!.postId };
    });
  }

  /** Above `page.minId` and below `page.maxId`, oldest first. */
  async #upwards(readerId: string, page: Page, completeFrom: string, context: CallContext): Promise<EntryStream> {
    const above = page.minId!;
    const below = page.maxId ?? MAX_ID;
    const justBelow = before(completeFrom);
    if (compareIds(above, justBelow) >= 0) return this.#storedUpwards(readerId, above, below, completeFrom, context);
    return concatenated([
      async () => {
        const { pulled } = this.#parts;
        const stream = await pulled.newestFirst(readerId, lower(below, completeFrom), after(above), context);
        const { entries } = await collect(stream, MAX_PULLED_UPWARDS);
        return listStream(entries.reverse());
      },
      () => this.#storedUpwards(readerId, justBelow, below, completeFrom, context),
    ]);
  }

  async #storedUpwards(
    readerId: string,
    above: string,
    below: string,
    completeFrom: string,
    context: CallContext,
  ): Promise<EntryStream> {
    const { store, recents, famous } = this.#parts;
    if (compareIds(above, below) >= 0) return listStream([]);
    const newest = await this.#newest(readerId, completeFrom);
    const inMemory = compareIds(newest.from, after(above)) <= 0;
    const stored = inMemory
      ? listStream(
          newest.entries.slice(firstBelow(newest.entries, below), firstAtOrBelow(newest.entries, above)).reverse(),
        )
      : store.oldestFirst(readerId, above, below);
    const authors = await famous.followedBy(readerId, context);
    if (authors.length === 0) return stored;
    const lists = authors.map(async (id) => {
      const { entries } = await collect(
        recents.newestFirst(id, maxIdOf(below), after(above), context),
        MAX_PULLED_UPWARDS,
      );
      return listStream(entries.reverse());
    });
    return merged([stored, ...(await Promise.all(lists))], 'oldest-first');
  }
}

async function firstOf(stream: EntryStream, limit: number): Promise<Entry[]> {
  return (await collect(stream, limit)).entries;
}

function lower(a: string, b: string): string {
  return compareIds(a, b) < 0 ? a : b;
}

function maxIdOf(below: string): string | null {
  return below === MAX_ID ? null : below;
}

function after(id: string): string {
  return (BigInt(id) + 1n).toString();
}

function before(id: string): string {
  return (BigInt(id) - 1n).toString();
}
