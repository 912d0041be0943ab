import Type from 'typebox';
import { DONE } from '../../http/answer.ts';
import { IdParam, IdParams } from '../../params/types.ts';
import { route } from '../../route.ts';

export const addListMembers = route({
  method: 'POST',
  url: '/api/v1/lists/:id/accounts',
  summary: 'Put people whom one follows on a list',
  params: IdParams,
  body: Type.Object({ account_ids: Type.Array(IdParam, { minItems: 1, maxItems: 500 }) }),
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
  async handle({ params, body, context }, { services }) {
    await services.feed.addListMembers({ listId: params.id, accountIds: body.account_ids }, context);
    return DONE;
  },
});
