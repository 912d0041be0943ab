import Type from 'typebox';
import { json, ready } from '../../http/answer.ts';
import { IdList } from '../../params/types.ts';
import { arrayOf, objectOf, pieceOf } from '../../present/json-pieces.ts';
import { route } from '../../route.ts';

const MAX_ACCOUNTS = 40;

export const familiarFollowers = route({
  method: 'GET',
  url: '/api/v1/accounts/familiar_followers',
  summary: 'Who of those one follows also follows these accounts',
  query: Type.Object({ id: IdList(MAX_ACCOUNTS) }),
  response: 'FamiliarFollowers[]',
  access: 'account',
  scope: 'read:follows',
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
    const ids = [...new Set(request.query.id)];
    if (ids.length === 0) return json([]);
    const { results } = await gateway.services.user.familiarFollowers({ ids }, request.context);
    const elements = await Promise.all(
      results.map(async ({ id, accounts }) =>
        objectOf({ id: pieceOf(id), accounts: await gateway.present.accounts.array(accounts, request.context) }),
      ),
    );
    return ready(arrayOf(elements));
  },
});
