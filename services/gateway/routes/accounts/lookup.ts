import Type from 'typebox';
import { notFound } from '#platform/errors/errors.ts';
import { accountAnswer } from '../../http/single.ts';
import { Text } from '../../params/types.ts';
import { localUsername } from '../../present/handles.ts';
import { route } from '../../route.ts';

export const lookupAccount = route({
  method: 'GET',
  url: '/api/v1/accounts/lookup',
  summary: 'The account with a handle',
  query: Type.Object({ acct: Text(300) }),
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
    const username = localUsername(request.query.acct, gateway.present.urls.domain);
    if (username === undefined) throw notFound();
    return accountAnswer(request, gateway, await gateway.services.user.lookup({ username }, request.context));
  },
});
