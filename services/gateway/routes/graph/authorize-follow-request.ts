import { json } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { relationshipJson } from '../../present/relationship.ts';
import { route } from '../../route.ts';

export const authorizeFollowRequest = route({
  method: 'POST',
  url: '/api/v1/follow_requests/:id/authorize',
  summary: 'Let an account that asked follow oneself',
  params: IdParams,
  response: 'Relationship',
  access: 'account',
  scope: ['follow', 'write:follows'],
  permission: 'graph.write',
  rateLimit: 'api',
  cache: 'private',
  // The account named here has asked to follow `owner`, and nobody else.
  expect: {
    anonymous: 401,
    appOnly: 422,
    wrongScope: 403,
    otherUser: 404,
    blockedUser: 404,
    suspended: 401,
    owner: 200,
    moderator: 404,
    admin: 404,
  },
  async handle({ params, context, viewerId }, { services, present }) {
    const relationship = await services.user.authorizeFollow({ accountId: params.id }, context);
    await present.accounts.forget(params.id, viewerId!);
    return json(relationshipJson(relationship));
  },
});
