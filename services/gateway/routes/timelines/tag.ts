import Type from 'typebox';
import { tagName } from '#policies/text/entities.ts';
import { statusPage } from '../../http/pages.ts';
import { pageOf } from '../../http/paging.ts';
import { tagNameOf } from '../../params/tag-name.ts';
import { Flag, PageQuery, Text } from '../../params/types.ts';
import { route } from '../../route.ts';

/** As Mastodon: a client's column combines few. */
const MoreTags = Type.Array(Text(100), { default: [], maxItems: 4 });

export const tagTimeline = route({
  method: 'GET',
  url: '/api/v1/timelines/tag/:hashtag',
  summary: 'Public posts with a hashtag, newest first',
  params: Type.Object({ hashtag: Text(100) }),
  query: Type.Object({
    ...PageQuery(20, 40),
    any: MoreTags,
    all: MoreTags,
    none: MoreTags,
    local: Flag(false),
    remote: Flag(false),
    only_media: Flag(false),
  }),
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
    const { params, query, context } = request;
    const page = await gateway.services.feed.tag(
      {
        page: pageOf(query),
        name: tagNameOf(params.hashtag),
        any: query.any.map(tagName),
        all: query.all.map(tagName),
        none: query.none.map(tagName),
        onlyMedia: query.only_media,
      },
      context,
    );
    return statusPage(request, gateway, page);
  },
});
