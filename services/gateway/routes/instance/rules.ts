import { json } from '../../http/answer.ts';
import { rulesJson } from '../../present/instance.ts';
import { route } from '../../route.ts';

export const instanceRules = route({
  method: 'GET',
  url: '/api/v1/instance/rules',
  summary: 'The rules of this community',
  response: 'Rule[]',
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
  async handle(_request, { config }) {
    return json(rulesJson(config.instance.rules));
  },
});
