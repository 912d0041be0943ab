import { statusAnswer } from '../../http/single.ts';
import { IdParams } from '../../params/types.ts';
import { route } from '../../route.ts';

export const showStatus = route({
  method: 'GET',
  url: '/api/v1/statuses/:id',
  summary: 'A post',
  params: IdParams,
  response: 'Status',
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
    const post = await gateway.services.post.getShown({ postId: request.params.id }, request.context);
    return statusAnswer(request, gateway, post);
  },
});
