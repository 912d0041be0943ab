import Type from 'typebox';
import { json, ready } from '../../http/answer.ts';
import { Flag, Limit, Offset, Text } from '../../params/types.ts';
import { searchText } from '../../present/handles.ts';
import { route } from '../../route.ts';

export const searchAccounts = route({
  method: 'GET',
  url: '/api/v1/accounts/search',
  summary: 'Accounts whose handle or name begins with a text',
  query: Type.Object({
    q: Text(200),
    limit: Limit(40, 80),
    offset: Offset,
    following: Flag(false),
    resolve: Flag(false),
  }),
  response: 'Account[]',
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
  async handle(request, gateway) {
    const { q, limit, offset, following } = request.query;
    const text = searchText(q, gateway.present.urls.domain);
    if (text === undefined) return json([]);
    const { accounts } = await gateway.services.user.search(
      { text, followingOnly: following, offset, limit },
      request.context,
    );
    return ready(await gateway.present.accounts.array(accounts, request.context));
  },
});
