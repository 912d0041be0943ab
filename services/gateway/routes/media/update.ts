import Type from 'typebox';
import { json } from '../../http/answer.ts';
import { focusOf } from '../../params/focus.ts';
import { IdParams, Text } from '../../params/types.ts';
import { route } from '../../route.ts';

export const updateMedia = route({
  method: 'PUT',
  url: '/api/v1/media/:id',
  alsoAs: ['PATCH'],
  summary: "Describe one's own upload",
  params: IdParams,
  body: Type.Object({ description: Type.Optional(Text(1_500)), focus: Type.Optional(Text(60)) }),
  response: 'MediaAttachment',
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
  async handle({ params, body, context, viewerId }, { services, present }) {
    const focus = focusOf(body.focus);
    const media = await services.post.updateMedia(
      {
        mediaId: params.id,
        ...(body.description === undefined ? {} : { description: body.description }),
        ...(focus === undefined ? {} : { focus }),
      },
      context,
    );
    return json(present.media.signed(media, viewerId!));
  },
});
