import Type from 'typebox';
import { invalid } from '#platform/errors/errors.ts';
import { isTagName, tagName } from '#policies/text/entities.ts';
import { json } from '../../http/answer.ts';
import { Text } from '../../params/types.ts';
import { featuredTagJson } from '../../present/tag.ts';
import { route } from '../../route.ts';

export const featureTag = route({
  method: 'POST',
  url: '/api/v1/featured_tags',
  summary: "Show a hashtag on one's profile",
  body: Type.Object({ name: Text(100) }),
  response: 'FeaturedTag',
  access: 'account',
  scope: 'write:accounts',
  permission: 'profile.write',
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
  async handle({ body, context, viewerId }, { services, present }) {
    const account = await services.user.getAccount({ accountId: viewerId! }, context);
    const name = body.name.replace(/^[#＃]/, '');
    if (!isTagName(name)) throw invalid('name', 'ERR_INVALID', 'name is not a hashtag');
    const tag = await services.post.featureTag({ name: tagName(name) }, context);
    return json(featuredTagJson(tag, present.urls.account(account.username)));
  },
});
