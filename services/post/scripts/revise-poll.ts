import { queryBuilder } from '#ports/relational/builder.ts';
import { type Query, rowOf, rowsOf, script, type WriteOutcome } from '#ports/relational/port.ts';
import type { RevisedPoll } from '../store/bodies.ts';
import type { PostTables } from '../store/schema.ts';

const db = queryBuilder<PostTables>();

export interface PollRevision {
  readonly pollId: string;
  readonly authorId: string;
  /** Of the edit. What a later one made stays. */
  readonly revision: number;
  /** When it was edited. */
  readonly editedMs: number;
  /** Null takes the poll away. */
  readonly poll: RevisedPoll | null;
}

/**
 * Changes the poll of an edited post. Votes stay only where the question stays the same: other options, or another number of answers, start it anew. A poll that
 * was over stays so with the same question: its readers have seen what came of it, and whoever mends a word of the post has to send the poll too.
 */
export const revisePoll = script(
  import.meta.url,
  'revisePoll',
  function* ({ pollId, authorId, revision, editedMs, poll }: PollRevision): Generator<Query, void, WriteOutcome> {
    const before = yield* rowOf(db.selectFrom('post_poll').selectAll().where('id', '=', pollId));
    if (before !== undefined && before.revision > revision) return;
    const options = yield* rowsOf(
      db.selectFrom('post_poll_option').select('title').where('poll_id', '=', pollId).orderBy('position'),
    );
    const same =
      before !== undefined &&
      poll !== null &&
      (before.multiple === 1) === poll.multiple &&
      options.length === poll.options.length &&
      options.every(({ title }, i) => title === poll.options[i]);
    if (same) {
      const expires_ms = before.expires_ms <= editedMs ? before.expires_ms : poll.expiresMs;
      yield db
        .updateTable('post_poll')
        .set({ hide_totals: poll.hideTotals ? 1 : 0, expires_ms, revision })
        .where('id', '=', pollId);
      return;
    }
    yield db.deleteFrom('post_poll_vote').where('poll_id', '=', pollId);
    yield db.deleteFrom('post_poll_voter').where('poll_id', '=', pollId);
    yield db.deleteFrom('post_poll_option').where('poll_id', '=', pollId);
    yield db.deleteFrom('post_poll').where('id', '=', pollId);
    if (poll === null) return;
    yield db.insertInto('post_poll').values({
      id: pollId,
      author_id: authorId,
      multiple: poll.multiple ? 1 : 0,
      hide_totals: poll.hideTotals ? 1 : 0,
      expires_ms: poll.expiresMs,
      voters: 0,
      revision,
    });
    for (const [position, title] of poll.options.entries()) {
      yield db.insertInto('post_poll_option').values({ poll_id: pollId, position, title, votes: 0 });
    }
  },
);
