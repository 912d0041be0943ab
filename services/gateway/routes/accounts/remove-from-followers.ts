import { json } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { relationshipJson } from '../../present/relationship.ts';
import { route } from '../../route.ts';

export const removeFromFollowers = route({
  method: 'POST',
  url: '/api/v1/accounts/:id/remove_from_followers',
  summary: 'Make an account stop following oneself',
  params: IdParams,
  response: 'Relationship',
  access: 'account',
  scope: ['follow', 'write:follows'],
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
  async handle({ params, context, viewerId }, { services, present }) {
    const relationship = await services.user.removeFollower({ accountId: params.id }, context);
    await present.accounts.forget(params.id, viewerId!);
    return json(relationshipJson(relationship));
  },
});
