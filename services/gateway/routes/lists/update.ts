import Type from 'typebox';
import { json } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { listJson } from '../../present/list.ts';
import { route } from '../../route.ts';

export const updateList = route({
  method: 'PUT',
  url: '/api/v1/lists/:id',
  alsoAs: ['PATCH'],
  summary: 'Change a list',
  params: IdParams,
  body: Type.Object({
    title: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    replies_policy: Type.Optional(Type.Union([Type.Literal('followed'), Type.Literal('list'), Type.Literal('none')])),
    exclusive: Type.Optional(Type.Boolean()),
  }),
  response: 'List',
  access: 'account',
  scope: 'write:lists',
  permission: 'graph.write',
  rateLimit: 'api',
  cache: 'private',
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
  async handle({ params, body, context }, { services }) {
    const list = await services.feed.updateList(
      {
        listId: params.id,
        ...(body.title === undefined ? {} : { title: body.title }),
        ...(body.replies_policy === undefined ? {} : { repliesPolicy: body.replies_policy }),
        ...(body.exclusive === undefined ? {} : { exclusive: body.exclusive }),
      },
      context,
    );
    return json(listJson(list));
  },
});
