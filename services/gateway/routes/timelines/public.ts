import Type from 'typebox';
import { json } from '../../http/answer.ts';
import { statusPage } from '../../http/pages.ts';
import { pageOf } from '../../http/paging.ts';
import { Flag, PageQuery } from '../../params/types.ts';
import { route } from '../../route.ts';

export const publicTimeline = route({
  method: 'GET',
  url: '/api/v1/timelines/public',
  summary: 'Public posts of everybody, newest first',
  query: Type.Object({ ...PageQuery(20, 40), local: Flag(false), remote: Flag(false), only_media: Flag(false) }),
  response: 'Status[]',
  access: 'public',
  scope: 'read:statuses',
  rateLimit: 'api',
  cache: 'public, max-age=5',
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
    const { query, context } = request;
    // Everybody is here: there are no posts of elsewhere.
    if (query.remote) return json([]);
    const page = await gateway.services.feed.public({ page: pageOf(query), onlyMedia: query.only_media }, context);
    return statusPage(request, gateway, page);
  },
});
