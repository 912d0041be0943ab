import { json } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { featuredTagJson } from '../../present/tag.ts';
import { route } from '../../route.ts';

export const accountFeaturedTags = route({
  method: 'GET',
  url: '/api/v1/accounts/:id/featured_tags',
  summary: 'Hashtags that an account shows on its profile',
  params: IdParams,
  response: 'FeaturedTag[]',
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
  async handle({ params, context }, { services, present }) {
    const account = await services.user.getAccount({ accountId: params.id }, context);
    const { tags } = await services.post.listFeaturedTags({ accountId: params.id }, context);
    return json(tags.map((tag) => featuredTagJson(tag, present.urls.account(account.username))));
  },
});
