import { route } from '../../route.ts';
import { ownAccount } from '../accounts/own-account.ts';

export const deleteHeader = route({
  method: 'DELETE',
  url: '/api/v1/profile/header',
  summary: "Remove one's header",
  response: 'CredentialAccount',
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
  async handle(request, gateway) {
    const account = await gateway.services.user.updateProfile({ header: null }, request.context);
    await gateway.present.accounts.forget(account.id);
    return ownAccount(request, gateway, account);
  },
});
