import { json } from '../../http/answer.ts';
import { featuredTagJson } from '../../present/tag.ts';
import { route } from '../../route.ts';

export const listFeaturedTags = route({
  method: 'GET',
  url: '/api/v1/featured_tags',
  summary: "Hashtags that one shows on one's profile",
  response: 'FeaturedTag[]',
  access: 'account',
  scope: 'read:accounts',
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
  async handle({ context, viewerId }, { services, present }) {
    const accountId = viewerId!;
    const [account, { tags }] = await Promise.all([
      services.user.getAccount({ accountId }, context),
      services.post.listFeaturedTags({ accountId }, context),
    ]);
    return json(tags.map((tag) => featuredTagJson(tag, present.urls.account(account.username))));
  },
});
