import { DONE } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { route } from '../../route.ts';

export const deleteMedia = route({
  method: 'DELETE',
  url: '/api/v1/media/:id',
  summary: "Remove one's own upload that no post uses",
  params: IdParams,
  response: 'Empty',
  access: 'account',
  scope: 'write:media',
  permission: 'posts.write',
  rateLimit: 'api',
  cache: 'private',
  expect: {
    anonymous: 401,
    appOnly: 422,
    wrongScope: 403,
    otherUser: 404,
    blockedUser: 404,
    suspended: 401,
    owner: 200,
    moderator: 404,
    admin: 404,
  },
  async handle({ params, context }, { services }) {
    await services.post.deleteMedia({ mediaId: params.id }, context);
    return DONE;
  },
});
