import { DONE } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { route } from '../../route.ts';

export const deleteList = route({
  method: 'DELETE',
  url: '/api/v1/lists/:id',
  summary: 'Remove a list',
  params: IdParams,
  response: 'Empty',
  access: 'account',
  scope: 'write:lists',
  permission: 'graph.write',
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
    await services.feed.deleteList({ listId: params.id }, context);
    return DONE;
  },
});
