import { notFound } from '#platform/errors/errors.ts';
import { json } from '../../http/answer.ts';
import { route } from '../../route.ts';

export const userInfo = route({
  method: 'GET',
  url: '/oauth/userinfo',
  alsoAs: ['POST'],
  summary: 'Who the person of this token is, for apps that only sign people in',
  response: 'OAuthUserInfo',
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
  async handle({ viewerId, context }, { services, present }) {
    const { accounts } = await services.user.getAccounts({ ids: [viewerId!] }, context);
    const account = accounts[0];
    if (account === undefined) throw notFound();
    const { urls } = present;
    return json({
      iss: `${urls.origin}/`,
      sub: urls.account(account.username),
      name: account.displayName || account.username,
      preferred_username: account.username,
      profile: urls.account(account.username),
      picture: urls.profileImage(account.avatar, 'avatar', true),
    });
  },
});
