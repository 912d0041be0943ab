import { reactionEvents } from '#contracts/events/post.ts';
import { invalid, notFound } from '#platform/errors/errors.ts';
import { newEvent } from '#platform/outbox/event.ts';
import { queryBuilder } from '#ports/relational/builder.ts';
import { changedBy, type Query, rowOf, rowsOf, script, type WriteOutcome } from '#ports/relational/port.ts';
import { POST_RELATIONAL_OUTBOX, type PostTables } from '../store/schema.ts';

const db = queryBuilder<PostTables>();

export interface Vote {
  readonly pollId: string;
  readonly accountId: string;
  readonly choices: readonly number[];
  readonly nowMs: number;
  readonly eventId: string;
  readonly traceparent: string | undefined;
}

/** Counts one person's choices, once: the voter's row is what a second vote runs into. */
export const vote = script(import.meta.url, 'vote', function* (args: Vote): Generator<Query, void, WriteOutcome> {
  const { pollId, accountId, choices, nowMs } = args;
  const poll = yield* rowOf(db.selectFrom('post_poll').selectAll().where('id', '=', pollId));
  if (poll === undefined) throw notFound();
  if (poll.author_id === accountId) throw invalid('base', 'ERR_INVALID', 'You cannot vote in your own polls');
  if (poll.expires_ms <= nowMs) throw invalid('base', 'ERR_INVALID', 'The poll has already ended');
  const options = yield* rowsOf(
    db.selectFrom('post_poll_option').select('position').where('poll_id', '=', pollId).orderBy('position'),
  );
  const known = new Set(options.map(({ position }) => position));
  if (choices.some((choice) => !known.has(choice))) {
    throw invalid('choices', 'ERR_INVALID', 'The chosen vote option does not exist');
  }
  if (new Set(choices).size < choices.length || (choices.length > 1 && poll.multiple === 0)) {
    throw invalid('choices', 'ERR_INVALID', 'Choose each option once, and only one where only one is asked for');
  }
  const first = yield* changedBy(
    db
      .insertInto('post_poll_voter')
      .values({ poll_id: pollId, account_id: accountId })
      .onConflict((conflict) => conflict.columns(['poll_id', 'account_id']).doNothing()),
  );
  if (first === 0) throw invalid('base', 'ERR_TAKEN', 'You have already voted on this poll');
  for (const choice of choices) {
    yield db.insertInto('post_poll_vote').values({ poll_id: pollId, account_id: accountId, choice });
    yield db
      .updateTable('post_poll_option')
      .set((eb) => ({ votes: eb('votes', '+', 1) }))
      .where('poll_id', '=', pollId)
      .where('position', '=', choice);
  }
  yield db
    .updateTable('post_poll')
    .set((eb) => ({ voters: eb('voters', '+', 1) }))
    .where('id', '=', pollId);
  yield POST_RELATIONAL_OUTBOX.insert(
    newEvent(reactionEvents.PollVoted, {
      id: args.eventId,
      source: 'post',
      subject: pollId,
      version: poll.voters + 1,
      timeMs: nowMs,
      data: { postId: pollId, pollId, actorId: accountId },
      traceparent: args.traceparent,
    }),
  );
});
