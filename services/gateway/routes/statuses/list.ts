import Type from 'typebox';
import { json, ready } from '../../http/answer.ts';
import { IdList } from '../../params/types.ts';
import { route } from '../../route.ts';

const MAX_STATUSES = 20;

export const listStatuses = route({
  method: 'GET',
  url: '/api/v1/statuses',
  summary: 'Several posts by their ids; those that one may not see are left out',
  query: Type.Object({ id: IdList(MAX_STATUSES), ids: IdList(MAX_STATUSES) }),
  response: 'Status[]',
  access: 'public',
  scope: 'read:statuses',
  rateLimit: 'api',
  cache: 'public, max-age=15',
  expect: {
    anonymous: 200,
    appOnly: 200,
    wrongScope: 403,
    otherUser: 200,
    blockedUser: 200,
    suspended: 401,
    owner: 200,
    moderator: 200,
    admin: 200,
  },
  async handle(request, gateway) {
    const ids = [...new Set([...request.query.id, ...request.query.ids])];
    if (ids.length === 0) return json([]);
    const { posts } = await gateway.services.post.getManyShown({ ids }, request.context);
    return ready(await gateway.present.statuses.array(posts, request));
  },
});
