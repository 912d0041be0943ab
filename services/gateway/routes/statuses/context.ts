import { ready } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { arrayOf, objectOf } from '../../present/json-pieces.ts';
import { route } from '../../route.ts';

export const statusContext = route({
  method: 'GET',
  url: '/api/v1/statuses/:id/context',
  summary: 'The thread around a post',
  params: IdParams,
  response: 'Context',
  access: 'public',
  scope: 'read:statuses',
  rateLimit: 'api',
  cache: 'public, max-age=15',
  expect: {
    anonymous: 200,
    appOnly: 200,
    wrongScope: 403,
    otherUser: 200,
    blockedUser: 404,
    suspended: 401,
    owner: 200,
    moderator: 200,
    admin: 200,
  },
  async handle(request, gateway) {
    const { params, context } = request;
    const { ancestors, descendants } = await gateway.services.post.getThread({ postId: params.id }, context);
    const statuses = await gateway.present.statuses.each([...ancestors, ...descendants], request);
    const above = statuses.slice(0, ancestors.length).filter((status) => status !== undefined);
    const below = statuses.slice(ancestors.length).filter((status) => status !== undefined);
    return ready(objectOf({ ancestors: arrayOf(above), descendants: arrayOf(below) }));
  },
});
