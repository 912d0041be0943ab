import Type from 'typebox';
import { json } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { pollJson } from '../../present/poll.ts';
import { route } from '../../route.ts';

export const votePoll = route({
  method: 'POST',
  url: '/api/v1/polls/:id/votes',
  summary: 'Vote, once',
  params: IdParams,
  body: Type.Object({
    choices: Type.Array(Type.Integer({ minimum: 0, maximum: 9 }), { minItems: 1, maxItems: 10 }),
  }),
  response: 'Poll',
  access: 'account',
  scope: 'write:statuses',
  permission: 'posts.write',
  rateLimit: 'api',
  cache: 'private',
  // Nobody votes in their own poll.
  expect: {
    anonymous: 401,
    appOnly: 422,
    wrongScope: 403,
    otherUser: 200,
    blockedUser: 404,
    suspended: 401,
    owner: 422,
    moderator: 200,
    admin: 200,
  },
  async handle({ params, body, context }, { services }) {
    return json(pollJson(await services.post.vote({ pollId: params.id, choices: body.choices }, context)));
  },
});
