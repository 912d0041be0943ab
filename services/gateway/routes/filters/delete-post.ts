import { json } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { filterPostJson } from '../../present/filter.ts';
import { route } from '../../route.ts';

export const deleteFilterStatus = route({
  method: 'DELETE',
  url: '/api/v2/filters/statuses/:id',
  summary: 'Remove a post from a filter',
  params: IdParams,
  response: 'FilterStatus',
  access: 'account',
  scope: 'write:filters',
  permission: 'profile.write',
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
  async handle({ params, context, viewerId }, { services, present }) {
    const removed = await services.feed.getFilterPost({ filterPostId: params.id }, context);
    await present.filters.change(viewerId!, () => services.feed.deleteFilterPost({ filterPostId: params.id }, context));
    return json(filterPostJson(removed));
  },
});
