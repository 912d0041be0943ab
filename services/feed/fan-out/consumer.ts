/**
 * Brings new posts to the homes of followers.
 *
 * Invariant: a home entry is a pure function of (reader, post, hashtag), so an event that comes twice, late or in another order writes the same rows
 * again. Entries are added only: a post that was deleted or hidden, and an author who is no longer followed, are left out when home is read, by facts that
 * are never stale; the rows end by themselves. Whether a post is pushed or pulled is recorded before the first entry is written; a fan-out that was cut off is
 * repeated whole.
 */
import type { Static } from 'typebox';
import { postEvents } from '#contracts/events/post.ts';
import type { UserService } from '#contracts/services/user.ts';
import { type CallContext, serviceContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Faults } from '#platform/faults/faults.ts';
import { idTimeMs } from '#platform/ids/ids.ts';
import type { ConsumedEvent } from '#platform/outbox/consumer.ts';
import type { AuthorRecents } from '../authors/recents.ts';
import type { FeedConfig } from '../config.ts';
import type { Entry } from '../entries/entry.ts';
import type { NewestEntries } from '../home/newest.ts';
import type { ActiveReaders } from '../home/readers.ts';
import type { HomeStore } from '../home/store.ts';
import type { FeedTelemetry } from '../telemetry.ts';
import type { Delivery, DeliveryDecisions } from './decisions.ts';
import { DeliveryBuffer } from './delivery-buffer.ts';
import type { Turns } from './turns.ts';

interface Parts {
  readonly user: UserService;
  readonly readers: ActiveReaders;
  readonly decisions: DeliveryDecisions;
  readonly recents: AuthorRecents;
  readonly store: HomeStore;
  readonly newest: NewestEntries;
  readonly turns: Turns;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly telemetry: FeedTelemetry;
}

export class FanOut {
  readonly #parts: Parts;
  readonly #config: FeedConfig;

  constructor(parts: Parts, config: FeedConfig) {
    this.#parts = parts;
    this.#config = config;
  }

  readonly handle = async (events: readonly ConsumedEvent[]): Promise<void> => {
    const { decisions, recents, clock, telemetry } = this.#parts;
    const deliveries = createdPosts(events);
    if (deliveries.length === 0) return;
    await recents.posted(deliveries.map(({ entry }) => entry));
    const pulled = await decisions.decide(deliveries, serviceContext('feed', clock));
    const buffer = new DeliveryBuffer({ ...this.#parts, entriesPerWrite: this.#config.entriesPerWrite });
    for (const { entry } of deliveries) await this.#push(entry, !pulled.has(entry.postId), buffer);
    await buffer.flush();
    telemetry.entriesWritten(buffer.written);
    const nowMs = clock.now();
    for (const { entry } of deliveries) telemetry.delivered(nowMs - idTimeMs(entry.postId));
  };

  /** To the author's own home, and to active followers a page at a time. Between pages others have their turn. */
  async #push(entry: Entry, toFollowers: boolean, buffer: DeliveryBuffer): Promise<void> {
    const { user, readers, store, clock, turns } = this.#parts;
    const write = store.writerOf(entry);
    if (write === undefined) return;
    await buffer.add(entry, write, await readers.activeAmong([entry.authorId]));
    if (!toFollowers) return;
    const limit = this.#config.followersPerPage;
    let after: string | null = null;
    while (!readers.none) {
      const context: CallContext = serviceContext('feed', clock);
      const page: { readonly id: string }[] = (
        await user.followerIds({ accountId: entry.authorId, after, limit }, context)
      ).followers;
      await buffer.add(entry, write, await readers.activeAmong(page.map(({ id }) => id)));
      if (page.length < limit) return;
      after = page.at(-1)!.id;
      await turns.next();
    }
  }
}

/** Posts that these events made and did not unmake. */
function createdPosts(events: readonly ConsumedEvent[]): Delivery[] {
  const deleted = new Set<string>();
  for (const { type, subject } of events) if (type === postEvents.PostDeleted.type) deleted.add(subject);
  const deliveries: Delivery[] = [];
  for (const event of events) {
    if (event.type !== postEvents.PostCreated.type || deleted.has(event.subject)) continue;
    const { postId, authorId, repostOfId } = event.data as Static<typeof postEvents.PostCreated.data>;
    deliveries.push({ entry: { postId, authorId, targetId: repostOfId, tags: '' }, offset: event.offset });
  }
  return deliveries;
}
