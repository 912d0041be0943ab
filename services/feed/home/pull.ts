import type { UserService } from '#contracts/services/user.ts';
import type { CallContext } from '#platform/calls/context.ts';
import type { AuthorRecents } from '../authors/recents.ts';
import { merged } from '../entries/merge.ts';
import type { EntryStream } from '../entries/stream.ts';

/** Gives the entries of one followed hashtag, newest first, in `[from, below)`. */
export type TagStreams = (readerId: string, below: string | null, from: string) => Promise<readonly EntryStream[]>;

/** Puts home together from what the followed authors and hashtags posted, without anything that was stored for the reader. */
export class PulledHome {
  readonly #user: UserService;
  readonly #recents: AuthorRecents;
  readonly #tags: TagStreams;

  constructor(user: UserService, recents: AuthorRecents, tags: TagStreams) {
    this.#user = user;
    this.#recents = recents;
    this.#tags = tags;
  }

  /** Entries with ids below `below` (null: from the newest) and at or above `from`, newest first. */
  async newestFirst(readerId: string, below: string | null, from: string, context: CallContext): Promise<EntryStream> {
    const [{ following }, tags] = await Promise.all([
      this.#user.followingIds({ accountId: readerId }, context),
      this.#tags(readerId, below, from),
    ]);
    const authors = [...following.map(({ id }) => id), readerId];
    const streams = authors.map((id) => this.#recents.newestFirst(id, below, from, context));
    return merged([...streams, ...tags], 'newest-first');
  }
}
