import Type from 'typebox';
import { statusPage } from '../../http/pages.ts';
import { pageOf } from '../../http/paging.ts';
import { tagNameOf } from '../../params/tag-name.ts';
import { Flag, IdParams, PageQuery, Text } from '../../params/types.ts';
import { route } from '../../route.ts';

export const accountStatuses = route({
  method: 'GET',
  url: '/api/v1/accounts/:id/statuses',
  summary: 'Posts of an account, newest first',
  params: IdParams,
  query: Type.Object({
    ...PageQuery(20, 40),
    only_media: Flag(false),
    exclude_replies: Flag(false),
    exclude_reblogs: Flag(false),
    pinned: Flag(false),
    tagged: Type.Optional(Text(100)),
  }),
  response: 'Status[]',
  access: 'public',
  scope: 'read:statuses',
  rateLimit: 'api',
  remembered: true,
  cache: 'public, max-age=15',
  // Somebody who was blocked is told of no posts.
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
    const page = await gateway.services.post.listByAuthor(
      {
        accountId: params.id,
        page: pageOf(query),
        onlyMedia: query.only_media,
        excludeReplies: query.exclude_replies,
        excludeReposts: query.exclude_reblogs,
        pinned: query.pinned,
        ...(query.tagged === undefined ? {} : { tag: tagNameOf(query.tagged) }),
      },
      context,
    );
    return statusPage(request, gateway, page);
  },
});
