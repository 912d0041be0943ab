import { json } from '../../http/answer.ts';
import { route } from '../../route.ts';

export const userinfo = route({
  method: 'GET',
  url: '/oauth/userinfo',
  alsoAs: ['POST'],
  summary: 'Who the person is whose token this is (OpenID Connect)',
  response: 'UserInfo',
  access: 'account',
  scope: 'profile',
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
    const account = await services.user.getAccount({ accountId: viewerId! }, context);
    const url = present.urls.account(account.username);
    return json({
      iss: `${present.urls.origin}/`,
      sub: url,
      name: account.displayName,
      preferred_username: account.username,
      profile: url,
      picture: present.urls.profileImage(account.avatar, 'avatar', false),
    });
  },
});
