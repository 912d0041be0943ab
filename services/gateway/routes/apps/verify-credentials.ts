import { notFound } from '#platform/errors/errors.ts';
import { json } from '../../http/answer.ts';
import { applicationJson } from '../../present/application.ts';
import { route } from '../../route.ts';

export const verifyApp = route({
  method: 'GET',
  url: '/api/v1/apps/verify_credentials',
  summary: 'The app whose token this is',
  response: 'Application',
  access: 'app',
  scope: null,
  rateLimit: 'api',
  cache: 'private',
  expect: {
    anonymous: 401,
    appOnly: 200,
    wrongScope: 200,
    otherUser: 200,
    blockedUser: 200,
    suspended: 401,
    owner: 200,
    moderator: 200,
    admin: 200,
  },
  async handle({ principal, context }, { services }) {
    const { appId } = principal!;
    if (appId === null) throw notFound();
    return json(applicationJson(await services.authentication.getApp({ appId }, context)));
  },
});
