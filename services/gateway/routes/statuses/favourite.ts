import { statusAnswer } from '../../http/single.ts';
import { IdParams } from '../../params/types.ts';
import { route } from '../../route.ts';

export const favouriteStatus = route({
  method: 'POST',
  url: '/api/v1/statuses/:id/favourite',
  summary: 'Like a post',
  params: IdParams,
  response: 'Status',
  access: 'account',
  scope: 'write:favourites',
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
    const post = await gateway.services.post.like({ postId: request.params.id }, request.context);
    return statusAnswer(request, gateway, post);
  },
});
