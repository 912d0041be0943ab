import { json } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { listJson } from '../../present/list.ts';
import { route } from '../../route.ts';

export const accountLists = route({
  method: 'GET',
  url: '/api/v1/accounts/:id/lists',
  summary: "One's own lists that hold an account",
  params: IdParams,
  response: 'List[]',
  access: 'account',
  scope: 'read:lists',
  rateLimit: 'api',
  cache: 'private',
  expect: {
    anonymous: 401,
    appOnly: 422,
    wrongScope: 403,
    otherUser: 200,
    blockedUser: 200,
    suspended: 401,
    owner: 200,
    moderator: 200,
    admin: 200,
  },
  async handle({ params, context }, { services }) {
    const { lists } = await services.feed.listsWith({ accountId: params.id }, context);
    return json(lists.map(listJson));
  },
});
