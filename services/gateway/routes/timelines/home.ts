import Type from 'typebox';
import { statusPage } from '../../http/pages.ts';
import { pageOf } from '../../http/paging.ts';
import { PageQuery } from '../../params/types.ts';
import { route } from '../../route.ts';

export const homeTimeline = route({
  method: 'GET',
  url: '/api/v1/timelines/home',
  summary: 'Posts of the people and hashtags that one follows, newest first',
  query: Type.Object(PageQuery(20, 40)),
  response: 'Status[]',
  access: 'account',
  scope: 'read:statuses',
  rateLimit: 'api',
  remembered: true,
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
  async handle(request, gateway) {
    const page = await gateway.services.feed.home({ page: pageOf(request.query) }, request.context);
    return statusPage(request, gateway, page);
  },
});
