import Type from 'typebox';
import { json } from '../../http/answer.ts';
import { Flag, IdParams } from '../../params/types.ts';
import { relationshipJson } from '../../present/relationship.ts';
import { route } from '../../route.ts';

export const muteAccount = route({
  method: 'POST',
  url: '/api/v1/accounts/:id/mute',
  summary: 'Mute an account, for a while or for good',
  params: IdParams,
  body: Type.Object({
    notifications: Flag(true),
    duration: Type.Integer({ minimum: 0, maximum: 315_360_000, default: 0 }),
  }),
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
  async handle({ params, body, context }, { services }) {
    const relationship = await services.user.mute(
      { accountId: params.id, notifications: body.notifications, durationSeconds: body.duration },
      context,
    );

    return json(relationshipJson(relationship));
  },
});
