import { route } from '../../route.ts';
import { ownAccount } from './own-account.ts';

export const verifyCredentials = route({
  method: 'GET',
  url: '/api/v1/accounts/verify_credentials',
  summary: 'The account of the person whose token this is',
  response: 'CredentialAccount',
  access: 'account',
  scope: ['profile', 'read:accounts'],
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
    const account = await gateway.services.user.getAccount({ accountId: request.viewerId! }, request.context);
    return ownAccount(request, gateway, account);
  },
});
