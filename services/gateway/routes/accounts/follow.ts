import Type from 'typebox';
import { json } from '../../http/answer.ts';
import { IdParams, Text } from '../../params/types.ts';
import { relationshipJson } from '../../present/relationship.ts';
import { route } from '../../route.ts';

export const followAccount = route({
  method: 'POST',
  url: '/api/v1/accounts/:id/follow',
  summary: 'Follow an account, or ask to',
  params: IdParams,
  body: Type.Object({
    reblogs: Type.Optional(Type.Boolean()),
    notify: Type.Optional(Type.Boolean()),
    languages: Type.Optional(Type.Array(Text(12), { maxItems: 20 })),
  }),
  response: 'Relationship',
  access: 'account',
  scope: ['follow', 'write:follows'],
  permission: 'graph.write',
  rateLimit: 'api',
  cache: 'private',
  expect: {
    anonymous: 401,
    appOnly: 422,
    wrongScope: 403,
    otherUser: 200,
    blockedUser: 403,
    suspended: 401,
    owner: 403,
    moderator: 200,
    admin: 200,
  },
  async handle({ params, body, context, viewerId }, { services, present }) {
    const relationship = await services.user.follow(
      {
        accountId: params.id,
        ...(body.reblogs === undefined ? {} : { showReposts: body.reblogs }),
        ...(body.notify === undefined ? {} : { notify: body.notify }),
        ...(body.languages === undefined ? {} : { languages: body.languages }),
      },
      context,
    );
    await present.accounts.forget(params.id, viewerId!);
    return json(relationshipJson(relationship));
  },
});
