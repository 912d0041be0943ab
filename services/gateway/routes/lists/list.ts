import { json } from '../../http/answer.ts';
import { listJson } from '../../present/list.ts';
import { route } from '../../route.ts';

export const listLists = route({
  method: 'GET',
  url: '/api/v1/lists',
  summary: "One's lists",
  response: 'List[]',
  access: 'account',
  scope: 'read:lists',
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
  async handle({ context }, { services }) {
    return json((await services.feed.listLists({}, context)).lists.map(listJson));
  },
});
