import Type from 'typebox';
import { accountPage } from '../../http/pages.ts';
import { pageOf } from '../../http/paging.ts';
import { IdParams, PageQuery } from '../../params/types.ts';
import { route } from '../../route.ts';

export const accountFollowing = route({
  method: 'GET',
  url: '/api/v1/accounts/:id/following',
  summary: 'Whom an account follows',
  params: IdParams,
  query: Type.Object(PageQuery(40, 80)),
  response: 'Account[]',
  access: 'public',
  scope: 'read:accounts',
  rateLimit: 'api',
  cache: 'public, max-age=15',
  expect: {
    anonymous: 200,
    appOnly: 200,
    wrongScope: 403,
    otherUser: 200,
    blockedUser: 200,
    suspended: 401,
    owner: 200,
    moderator: 200,
    admin: 200,
  },
  async handle(request, gateway) {
    const { params, query, context } = request;
    const page = await gateway.services.user.listFollowing({ accountId: params.id, page: pageOf(query) }, context);
    return accountPage(request, gateway, page);
  },
});
