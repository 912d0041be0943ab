import Type from 'typebox';
import { accountIdPage } from '../../http/pages.ts';
import { pageOf } from '../../http/paging.ts';
import { IdParams, PageQuery } from '../../params/types.ts';
import { route } from '../../route.ts';

export const listMembers = route({
  method: 'GET',
  url: '/api/v1/lists/:id/accounts',
  summary: 'Who is on a list',
  params: IdParams,
  query: Type.Object(PageQuery(40, 80)),
  response: 'Account[]',
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
    // Mastodon's clients ask for all members at once with a limit of 0.
    const all = /(?:^|&)limit=0(?:&|$)/.test(request.search);
    const page = await gateway.services.feed.listMembers({ listId: params.id, page: pageOf(query), all }, context);
    return accountIdPage(request, gateway, page);
  },
});
