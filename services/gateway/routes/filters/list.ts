import { json } from '../../http/answer.ts';
import { filterJson } from '../../present/filter.ts';
import { route } from '../../route.ts';

export const listFilters = route({
  method: 'GET',
  url: '/api/v2/filters',
  summary: "One's filters",
  response: 'Filter[]',
  access: 'account',
  scope: 'read:filters',
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
  async handle({ context }, { services }) {
    return json((await services.feed.listFilters({}, context)).filters.map(filterJson));
  },
});
