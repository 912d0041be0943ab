import Type from 'typebox';
import { accountPage } from '../../http/pages.ts';
import { pageOf } from '../../http/paging.ts';
import { PageQuery } from '../../params/types.ts';
import { route } from '../../route.ts';

export const listFollowRequests = route({
  method: 'GET',
  url: '/api/v1/follow_requests',
  summary: 'Who asks to follow oneself',
  query: Type.Object(PageQuery(40, 80)),
  response: 'Account[]',
  access: 'account',
  scope: ['follow', 'read:follows'],
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
  async handle(request, gateway) {
    const page = await gateway.services.user.listFollowRequests({ page: pageOf(request.query) }, request.context);
    return accountPage(request, gateway, page);
  },
});
