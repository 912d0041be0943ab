import Type from 'typebox';
import { json } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { relationshipJson } from '../../present/relationship.ts';
import { route } from '../../route.ts';

export const setAccountNote = route({
  method: 'POST',
  url: '/api/v1/accounts/:id/note',
  summary: 'Keep a note about an account that only oneself sees',
  params: IdParams,
  body: Type.Object({ comment: Type.String({ maxLength: 2_000, default: '' }) }),
  response: 'Relationship',
  access: 'account',
  scope: 'write:accounts',
  permission: 'graph.write',
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
  async handle({ params, body, context }, { services }) {
    const relationship = await services.user.setNote({ accountId: params.id, note: body.comment }, context);

    return json(relationshipJson(relationship));
  },
});
