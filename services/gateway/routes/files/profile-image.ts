import Type from 'typebox';
import { notFound } from '#platform/errors/errors.ts';
import { Text } from '../../params/types.ts';
import { route } from '../../route.ts';
import { fileAnswer } from './file-answer.ts';
import { missingImage } from './missing-image.ts';

/** What the user service keeps pictures of profiles under; nothing else of the store is reached by this route. */
const PROFILE_KEY = /^(avatars|headers)(\/[A-Za-z0-9_-][A-Za-z0-9._-]*){1,6}$/;

export const profileImage = route({
  method: 'GET',
  url: '/profile-images/*',
  summary: 'An avatar or header',
  params: Type.Object({ '*': Text(300) }),
  response: 'File',
  access: 'public',
  scope: null,
  rateLimit: 'files',
  cache: 'private',
  expect: {
    anonymous: 200,
    appOnly: 200,
    wrongScope: 200,
    otherUser: 200,
    blockedUser: 200,
    suspended: 401,
    owner: 200,
    moderator: 200,
    admin: 200,
  },
  async handle(request, gateway) {
    const key = request.params['*'];
    const missing = missingImage(key);
    if (missing !== undefined) return missing;
    if (!PROFILE_KEY.test(key)) throw notFound();
    return fileAnswer(key, true, request, gateway);
  },
});
