import { LIMITS } from '#policies/limits/limits.ts';
import { route } from '../../route.ts';
import { ownAccount } from '../accounts/own-account.ts';
import { ProfileParameters, profileChange } from './profile-change.ts';

export const updateCredentials = route({
  method: 'PATCH',
  url: '/api/v1/accounts/update_credentials',
  alsoAs: ['PUT', 'POST'],
  summary: "Change one's profile",
  body: ProfileParameters,
  files: { names: ['avatar', 'header'], to: 'memory', maxBytes: LIMITS.profileImageBytes },
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
    const account = await gateway.services.user.updateProfile(
      profileChange(request.body, request.files),
      request.context,
    );
    await gateway.present.accounts.forget(account.id);
    return ownAccount(request, gateway, account);
  },
});
