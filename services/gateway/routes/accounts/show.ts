import { accountAnswer } from '../../http/single.ts';
import { IdParams } from '../../params/types.ts';
import { route } from '../../route.ts';

export const showAccount = route({
  method: 'GET',
  url: '/api/v1/accounts/:id',
  summary: 'An account',
  params: IdParams,
  response: 'Account',
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
  async handle(request, gateway) {
    const account = await gateway.services.user.getAccount({ accountId: request.params.id }, request.context);
    return accountAnswer(request, gateway, account);
  },
});
