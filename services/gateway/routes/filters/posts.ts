import { json } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { filterPostJson } from '../../present/filter.ts';
import { route } from '../../route.ts';

export const listFilterStatuses = route({
  method: 'GET',
  url: '/api/v2/filters/:id/statuses',
  summary: 'The posts of a filter',
  params: IdParams,
  response: 'FilterStatus[]',
  access: 'account',
  scope: 'read:filters',
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
    return json((await services.feed.getFilter({ filterId: params.id }, context)).posts.map(filterPostJson));
  },
});
