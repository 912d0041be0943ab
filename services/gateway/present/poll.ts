import type { Static } from 'typebox';
import type { Poll as PollSchema } from '#contracts/model/post.ts';
import { isoTime } from './times.ts';

export type Poll = Static<typeof PollSchema>;

export function pollJson(poll: Poll) {
  return {
    id: poll.id,
    expires_at: poll.expiresMs === null ? null : isoTime(poll.expiresMs),
    expired: poll.expired,
    multiple: poll.multiple,
    votes_count: poll.votes,
    voters_count: poll.voters,
    options: poll.options.map(({ title, votes }) => ({ title, votes_count: votes })),
    emojis: [],
    ...(poll.voted === undefined ? {} : { voted: poll.voted, own_votes: poll.ownVotes ?? [] }),
  };
}
