/**
 * Forgets accounts that were deleted. Invariant: a deleted account never comes back, so forgetting it again changes nothing.
 */
import type { Static } from 'typebox';
import type { userEvents } from '#contracts/events/user.ts';
import type { ConsumedEvent } from '#platform/outbox/consumer.ts';
import type { Relational } from '#ports/relational/port.ts';
import type { AuthorRecents } from './authors/recents.ts';
import type { ArrangementReader } from './home/arrangements.ts';
import type { NewestEntries } from './home/newest.ts';
import type { ActiveReaders } from './home/readers.ts';
import type { HomeStates } from './home/state.ts';
import type { HomeStore } from './home/store.ts';
import { db } from './store/relational.ts';

interface Parts {
  readonly relational: Relational;
  readonly states: HomeStates;
  readonly store: HomeStore;
  readonly readers: ActiveReaders;
  readonly newest: NewestEntries;
  readonly recents: AuthorRecents;
  readonly arrangements: ArrangementReader;
}

export class Forgetting {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  readonly handle = async (event: ConsumedEvent<Static<typeof userEvents.UserDeleted.data>>): Promise<void> => {
    const { relational, states, store, readers, newest, recents, arrangements } = this.#parts;
    const { accountId } = event.data;
    readers.forget(accountId);
    recents.forget(accountId);
    await relational.batch(deletionsOf(accountId).map((query) => ({ query })));
    await states.forget(accountId);
    await store.dropAll(accountId);
    await newest.forget(accountId);
    await arrangements.changed(accountId);
  };
}

function deletionsOf(accountId: string) {
  return [
    db.deleteFrom('feed_list_members').where('account_id', '=', accountId),
    db.deleteFrom('feed_list_members').where('owner_id', '=', accountId),
    db.deleteFrom('feed_lists').where('owner_id', '=', accountId),
    db.deleteFrom('feed_followed_tags').where('account_id', '=', accountId),
    db.deleteFrom('feed_filter_keywords').where('owner_id', '=', accountId),
    db.deleteFrom('feed_filter_posts').where('owner_id', '=', accountId),
    db.deleteFrom('feed_filters').where('owner_id', '=', accountId),
    db.deleteFrom('feed_markers').where('owner_id', '=', accountId),
  ];
}
