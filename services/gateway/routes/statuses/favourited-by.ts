import Type from 'typebox';
import { accountIdPage } from '../../http/pages.ts';
import { pageOf } from '../../http/paging.ts';
import { IdParams, PageQuery } from '../../params/types.ts';
import { route } from '../../route.ts';

export const favouritedBy = route({
  method: 'GET',
  url: '/api/v1/statuses/:id/favourited_by',
  summary: 'Who likes a post',
  params: IdParams,
  query: Type.Object(PageQuery(40, 80)),
  response: 'Account[]',
  access: 'public',
  scope: 'read:statuses',
  rateLimit: 'api',
  cache: 'public, max-age=15',
  expect: {
    anonymous: 200,
    appOnly: 200,
    wrongScope: 403,
    otherUser: 200,
    blockedUser: 404,
    suspended: 401,
    owner: 200,
    moderator: 200,
    admin: 200,
  },
  async handle(request, gateway) {
    const { params, query, context } = request;
    const page = await gateway.services.post.listLikers({ postId: params.id, page: pageOf(query) }, context);
    return accountIdPage(request, gateway, page);
  },
});
