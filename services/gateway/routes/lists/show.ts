import { json } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { listJson } from '../../present/list.ts';
import { route } from '../../route.ts';

export const showList = route({
  method: 'GET',
  url: '/api/v1/lists/:id',
  summary: 'A list',
  params: IdParams,
  response: 'List',
  access: 'account',
  scope: 'read:lists',
  rateLimit: 'api',
  cache: 'private',
  expect: {
    anonymous: 401,
    appOnly: 422,
    wrongScope: 403,
    otherUser: 404,
    blockedUser: 404,
    suspended: 401,
    owner: 200,
    moderator: 404,
    admin: 404,
  },
  async handle({ params, context }, { services }) {
    return json(listJson(await services.feed.getList({ listId: params.id }, context)));
  },
});
