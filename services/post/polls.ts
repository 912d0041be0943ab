import type { Poll } from '#contracts/model/post.ts';
import { accountOf, type CallContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { notFound } from '#platform/errors/errors.ts';
import type { IdGenerator } from '#platform/ids/ids.ts';
import type { Relay } from '#platform/outbox/relay.ts';
import { recording } from '#platform/remembering/recording.ts';
import type { Relational } from '#ports/relational/port.ts';
import { requireAccount } from './caller.ts';
import { vote } from './scripts/vote.ts';
import type { ShownPosts } from './shown.ts';
import type { PollStore, StoredPoll } from './store/poll-store.ts';

export interface PollTools {
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly relational: Relational;
  readonly votesRelay: Pick<Relay, 'wake'>;
  readonly polls: PollStore;
  readonly shown: ShownPosts;
}

/** One poll; whoever may see its post may see it. */
export async function getPoll(tools: PollTools, pollId: string, context: CallContext): Promise<Poll> {
  const [poll] = await getPolls(tools, [pollId], context);
  if (poll === undefined) throw notFound();
  return poll;
}

/** The polls of posts that the caller may see, in the order asked for. */
export async function getPolls(tools: PollTools, pollIds: readonly string[], context: CallContext): Promise<Poll[]> {
  const { clock, polls, shown } = tools;
  const visible = (await shown.many(pollIds, context)).map(({ head }) => head.id);
  const found = await polls.many(visible);
  const viewerId = accountOf(context);
  const votes = viewerId === undefined ? undefined : await polls.votesOf(viewerId, visible);
  return found.map((poll) => {
    const answer = presented(poll, clock.now());
    if (viewerId === undefined || votes === undefined) return answer;
    const ownVotes = votes.get(poll.id) ?? [];
    // As Mastodon: clients then show results to the author rather than a form.
    return { ...answer, ownVotes, voted: ownVotes.length > 0 || poll.authorId === viewerId };
  });
}

/** Whoever may see a poll may vote in it once, except its author. */
export async function voteInPoll(
  tools: PollTools,
  pollId: string,
  choices: readonly number[],
  context: CallContext,
): Promise<Poll> {
  const accountId = requireAccount(context);
  const { clock, ids, relational, shown, votesRelay } = tools;
  await shown.one(pollId, context);
  await relational.run(vote, {
    pollId,
    accountId,
    choices,
    nowMs: clock.now(),
    eventId: ids.next(),
    traceparent: context.traceparent,
  });
  votesRelay.wake();
  return getPoll(tools, pollId, context);
}

function presented(poll: StoredPoll, nowMs: number): Poll {
  const expired = poll.expiresMs <= nowMs;
  if (!expired) recording()?.until(poll.expiresMs);
  return {
    id: poll.id,
    postId: poll.id,
    options: poll.options.map(({ title, votes }) => ({ title, votes: poll.hideTotals && !expired ? null : votes })),
    multiple: poll.multiple,
    expiresMs: poll.expiresMs,
    expired,
    votes: poll.options.reduce((sum, { votes }) => sum + votes, 0),
    voters: poll.voters,
  };
}
