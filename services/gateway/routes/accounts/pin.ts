import { json } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { relationshipJson } from '../../present/relationship.ts';
import { route } from '../../route.ts';

export const pinAccount = route({
  method: 'POST',
  url: '/api/v1/accounts/:id/pin',
  summary: "Recommend an account on one's profile, by the older address",
  params: IdParams,
  response: 'Relationship',
  access: 'account',
  scope: 'write:accounts',
  permission: 'graph.write',
  rateLimit: 'api',
  cache: 'private',
  // Only somebody whom one follows can be recommended.
  expect: {
    anonymous: 401,
    appOnly: 422,
    wrongScope: 403,
    otherUser: 422,
    blockedUser: 422,
    suspended: 401,
    owner: 422,
    moderator: 422,
    admin: 422,
  },
  async handle({ params, context }, { services }) {
    const relationship = await services.user.endorse({ accountId: params.id }, context);

    return json(relationshipJson(relationship));
  },
});
