import { json } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { relationshipJson } from '../../present/relationship.ts';
import { route } from '../../route.ts';

export const unmuteAccount = route({
  method: 'POST',
  url: '/api/v1/accounts/:id/unmute',
  summary: 'Lift a mute',
  params: IdParams,
  response: 'Relationship',
  access: 'account',
  scope: ['follow', 'write:mutes'],
  permission: 'graph.write',
  rateLimit: 'api',
  cache: 'private',
  // On oneself it does nothing.
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
  async handle({ params, context }, { services }) {
    const relationship = await services.user.unmute({ accountId: params.id }, context);

    return json(relationshipJson(relationship));
  },
});
