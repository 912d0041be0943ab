import { statusAnswer } from '../../http/single.ts';
import { IdParams } from '../../params/types.ts';
import { route } from '../../route.ts';

export const unpinStatus = route({
  method: 'POST',
  url: '/api/v1/statuses/:id/unpin',
  summary: "Show one's own post at the top of the profile no longer",
  params: IdParams,
  response: 'Status',
  access: 'account',
  scope: 'write:accounts',
  permission: 'posts.write',
  rateLimit: 'api',
  cache: 'private',
  expect: {
    anonymous: 401,
    appOnly: 422,
    wrongScope: 403,
    otherUser: 200,
    blockedUser: 404,
    suspended: 401,
    owner: 200,
    moderator: 200,
    admin: 200,
  },
  async handle(request, gateway) {
    const post = await gateway.services.post.unpin({ postId: request.params.id }, request.context);
    return statusAnswer(request, gateway, post);
  },
});
