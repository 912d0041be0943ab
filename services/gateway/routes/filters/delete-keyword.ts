import { DONE } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { route } from '../../route.ts';

export const deleteFilterKeyword = route({
  method: 'DELETE',
  url: '/api/v2/filters/keywords/:id',
  summary: 'Remove a word from a filter',
  params: IdParams,
  response: 'Empty',
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
    await present.filters.change(viewerId!, () => services.feed.deleteFilterKeyword({ keywordId: params.id }, context));
    return DONE;
  },
});
