import { json } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { filterJson } from '../../present/filter.ts';
import { route } from '../../route.ts';

export const showFilter = route({
  method: 'GET',
  url: '/api/v2/filters/:id',
  summary: 'A filter',
  params: IdParams,
  response: 'Filter',
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
    return json(filterJson(await services.feed.getFilter({ filterId: params.id }, context)));
  },
});
