import Type from 'typebox';
import { json } from '../../http/answer.ts';
import { Flag } from '../../params/types.ts';
import { listJson } from '../../present/list.ts';
import { route } from '../../route.ts';

export const createList = route({
  method: 'POST',
  url: '/api/v1/lists',
  summary: 'Make a list',
  body: Type.Object({
    title: Type.String({ minLength: 1, maxLength: 200 }),
    replies_policy: Type.Union([Type.Literal('followed'), Type.Literal('list'), Type.Literal('none')], {
      default: 'list',
    }),
    exclusive: Flag(false),
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
    otherUser: 200,
    blockedUser: 200,
    suspended: 401,
    owner: 200,
    moderator: 200,
    admin: 200,
  },
  async handle({ body, context }, { services }) {
    const list = await services.feed.createList(
      { title: body.title, repliesPolicy: body.replies_policy, exclusive: body.exclusive },
      context,
    );
    return json(listJson(list));
  },
});
