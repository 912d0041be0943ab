import { readFileSync } from 'node:fs';
import { ready } from '../../http/answer.ts';
import { route } from '../../route.ts';

let document: Buffer | undefined;

export const openApiRoute = route({
  method: 'GET',
  url: '/api/openapi.json',
  summary: 'This document',
  response: 'Json',
  access: 'public',
  scope: null,
  rateLimit: 'api',
  cache: 'public, max-age=3600',
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
  async handle() {
    document ??= readFileSync(new URL('../../../../contracts/api/openapi.json', import.meta.url));
    return ready(document);
  },
});
