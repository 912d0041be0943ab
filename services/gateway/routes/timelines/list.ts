import Type from 'typebox';
import { statusPage } from '../../http/pages.ts';
import { pageOf } from '../../http/paging.ts';
import { IdParams, PageQuery } from '../../params/types.ts';
import { route } from '../../route.ts';

export const listTimeline = route({
  method: 'GET',
  url: '/api/v1/timelines/list/:id',
  summary: 'Posts of the members of a list, newest first',
  params: IdParams,
  query: Type.Object(PageQuery(20, 40)),
  response: 'Status[]',
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
  async handle(request, gateway) {
    const { params, query, context } = request;
    const page = await gateway.services.feed.list({ listId: params.id, page: pageOf(query) }, context);
    return statusPage(request, gateway, page);
  },
});
