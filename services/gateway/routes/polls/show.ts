import { json } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { pollJson } from '../../present/poll.ts';
import { route } from '../../route.ts';

export const showPoll = route({
  method: 'GET',
  url: '/api/v1/polls/:id',
  summary: 'A poll',
  params: IdParams,
  response: 'Poll',
  access: 'public',
  scope: 'read:statuses',
  rateLimit: 'api',
  cache: 'public, max-age=15',
  expect: {
    anonymous: 200,
    appOnly: 200,
    wrongScope: 403,
    otherUser: 200,
    blockedUser: 404,
    suspended: 401,
    owner: 200,
    moderator: 200,
    admin: 200,
  },
  async handle({ params, context }, { services }) {
    return json(pollJson(await services.post.getPoll({ pollId: params.id }, context)));
  },
});
