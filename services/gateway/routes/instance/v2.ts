import { json } from '../../http/answer.ts';
import { instanceJson } from '../../present/instance.ts';
import { route } from '../../route.ts';

export const instanceV2 = route({
  method: 'GET',
  url: '/api/v2/instance',
  summary: 'This community and its limits',
  response: 'Instance',
  access: 'public',
  scope: null,
  rateLimit: 'api',
  cache: 'public, max-age=60',
  expect: {
    anonymous: 200,
    appOnly: 200,
    wrongScope: 200,
    otherUser: 200,
    blockedUser: 200,
    suspended: 401,
    owner: 200,
    moderator: 200,
    admin: 200,
  },
  async handle({ context }, { services, config, present }) {
    return json(instanceJson(config, present.urls, await services.user.statistics({}, context)));
  },
});
