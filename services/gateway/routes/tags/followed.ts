import Type from 'typebox';
import { json } from '../../http/answer.ts';
import { pageLinks } from '../../http/pages.ts';
import { pageOf } from '../../http/paging.ts';
import { PageQuery } from '../../params/types.ts';
import { route } from '../../route.ts';

export const followedTags = route({
  method: 'GET',
  url: '/api/v1/followed_tags',
  summary: 'Hashtags that one follows',
  query: Type.Object(PageQuery(80, 80)),
  response: 'Tag[]',
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
    const page = await gateway.services.feed.listFollowedTags({ page: pageOf(request.query) }, request.context);
    const tags = await gateway.present.tags.byName(page.names, request);
    return json(tags, pageLinks(request, gateway, page.cursors));
  },
});
