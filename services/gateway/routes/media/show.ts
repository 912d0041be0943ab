import { json } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { route } from '../../route.ts';

export const showMedia = route({
  method: 'GET',
  url: '/api/v1/media/:id',
  summary: "One's own upload",
  params: IdParams,
  response: 'MediaAttachment',
  access: 'account',
  scope: 'write:media',
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
  async handle({ params, context, viewerId }, { services, present }) {
    return json(present.media.signed(await services.post.getMedia({ mediaId: params.id }, context), viewerId!));
  },
});
