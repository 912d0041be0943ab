import Type from 'typebox';
import { invalid } from '#platform/errors/errors.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import { json } from '../../http/answer.ts';
import { focusOf } from '../../params/focus.ts';
import { Text } from '../../params/types.ts';
import { route } from '../../route.ts';

export const createMediaV1 = route({
  method: 'POST',
  url: '/api/v1/media',
  summary: 'Upload a picture, video or sound, by the older address',
  body: Type.Object({ description: Type.String({ maxLength: 1_500, default: '' }), focus: Type.Optional(Text(60)) }),
  files: { names: ['file', 'thumbnail'], to: 'store', maxBytes: LIMITS.videoBytes },
  response: 'MediaAttachment',
  access: 'account',
  scope: 'write:media',
  permission: 'posts.write',
  rateLimit: 'media',
  cache: 'private',
  expect: {
    anonymous: 401,
    appOnly: 422,
    wrongScope: 403,
    otherUser: 200,
    blockedUser: 200,
    suspended: 401,
    owner: 200,
    moderator: 200,
    admin: 200,
  },
  async handle({ files, body, context, viewerId }, { services, present }) {
    const file = files.get('file');
    if (file === undefined || file.in !== 'store') throw invalid('file', 'ERR_BLANK', "file can't be blank");
    const media = await services.post.createMedia(
      { uploadKey: file.key, description: body.description, focus: focusOf(body.focus) ?? { x: 0, y: 0 } },
      context,
    );
    return json(present.media.signed(media, viewerId!));
  },
});
