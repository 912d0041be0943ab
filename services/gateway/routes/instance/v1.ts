import { json } from '../../http/answer.ts';
import { instanceV1Json } from '../../present/instance.ts';
import { route } from '../../route.ts';

export const instanceV1 = route({
  method: 'GET',
  url: '/api/v1/instance',
  summary: 'This community and its limits, in the older shape',
  response: 'V1Instance',
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
    const [users, { posts }] = await Promise.all([
      services.user.statistics({}, context),
      services.post.statistics({}, context),
    ]);
    return json(instanceV1Json(config, present.urls, users.accounts, posts));
  },
});
