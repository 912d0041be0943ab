import { statusAnswer } from '../../http/single.ts';
import { IdParams } from '../../params/types.ts';
import { route } from '../../route.ts';

export const pinStatus = route({
  method: 'POST',
  url: '/api/v1/statuses/:id/pin',
  summary: "Show one's own post at the top of the profile",
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
    otherUser: 422,
    blockedUser: 404,
    suspended: 401,
    owner: 200,
    moderator: 422,
    admin: 422,
  },
  async handle(request, gateway) {
    const post = await gateway.services.post.pin({ postId: request.params.id }, request.context);
    return statusAnswer(request, gateway, post);
  },
});
