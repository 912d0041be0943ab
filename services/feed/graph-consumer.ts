/**
 * Fills homes in after a follow, and tidies lists after an unfollow.
 *
 * Invariant: a follow adds entries that are a pure function of (reader, post); whether they are shown is decided when home is read. A member is taken out of lists only
 * if the graph says now that the owner does not follow them, so an old event changes nothing after a newer follow.
 */
import type { Static } from 'typebox';
import { graphEvents } from '#contracts/events/user.ts';
import type { PostService } from '#contracts/services/post.ts';
import type { UserService } from '#contracts/services/user.ts';
import { serviceContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { ConsumedEvent } from '#platform/outbox/consumer.ts';
import type { FamousAuthors } from './authors/famous.ts';
import { entryOf } from './entries/entry.ts';
import type { ArrangementReader } from './home/arrangements.ts';
import type { NewestEntries } from './home/newest.ts';
import type { ActiveReaders } from './home/readers.ts';
import type { HomeStore } from './home/store.ts';
import type { Lists } from './lists/store.ts';

/** Posts of a newly followed author that come to home: as many as stand in two pages. */
const FILLED_IN = 40;

type Edge = Static<typeof graphEvents.UserFollowed.data>;

interface Parts {
  readonly post: PostService;
  readonly user: UserService;
  readonly readers: ActiveReaders;
  readonly famous: FamousAuthors;
  readonly store: HomeStore;
  readonly newest: NewestEntries;
  readonly lists: Lists;
  readonly arrangements: ArrangementReader;
  readonly clock: Clock;
}

export class GraphChanges {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  readonly handle = async (events: readonly ConsumedEvent[]): Promise<void> => {
    for (const { type, data } of events) {
      const { actorId, targetId } = data as Edge;
      if (type === graphEvents.UserFollowed.type) await this.#followed(actorId, targetId);
      else {
        await this.#ended(actorId, targetId);
        // A block ends the follow of the other side too.
        if (type === graphEvents.UserBlocked.type) await this.#ended(targetId, actorId);
      }
    }
  };

  async #followed(readerId: string, authorId: string): Promise<void> {
    const { post, readers, famous, store, newest, clock } = this.#parts;
    famous.graphChanged(readerId);
    if ((await readers.activeAmong([readerId])).length === 0) return;
    const call = { accountId: authorId, before: null, limit: FILLED_IN };
    const { heads } = await post.recentByAuthor(call, serviceContext('feed', clock));
    const entries = heads.map(entryOf);
    await store.write(entries.flatMap((entry) => store.writerOf(entry)?.(readerId) ?? []));
    for (const entry of entries) await newest.added([readerId], entry);
  }

  async #ended(readerId: string, authorId: string): Promise<void> {
    const { user, famous, lists, arrangements, clock } = this.#parts;
    famous.graphChanged(readerId);
    if ((await lists.with(readerId, authorId)).length === 0) return;
    const facts = { viewerId: readerId, authorIds: [authorId] };
    const [fact] = (await user.visibilityFacts(facts, serviceContext('feed', clock))).facts;
    if (fact?.following) return;
    await lists.removeMember(readerId, authorId);
    await arrangements.changed(readerId);
  }
}
