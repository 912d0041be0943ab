import Type from 'typebox';
import { json } from '../../http/answer.ts';
import { IdList } from '../../params/types.ts';
import { relationshipJson } from '../../present/relationship.ts';
import { route } from '../../route.ts';

const MAX_ACCOUNTS = 80;

export const relationships = route({
  method: 'GET',
  url: '/api/v1/accounts/relationships',
  summary: 'What stands between oneself and other accounts',
  query: Type.Object({ id: IdList(MAX_ACCOUNTS) }),
  response: 'Relationship[]',
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
  async handle({ query, context }, { services }) {
    const ids = [...new Set(query.id)];
    if (ids.length === 0) return json([]);
    const { relationships } = await services.user.relationships({ ids }, context);
    return json(relationships.map(relationshipJson));
  },
});
