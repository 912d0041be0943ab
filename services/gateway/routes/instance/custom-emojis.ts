import { json } from '../../http/answer.ts';
import { route } from '../../route.ts';

export const customEmojis = route({
  method: 'GET',
  url: '/api/v1/custom_emojis',
  summary: 'Pictures that stand for words: this community has none',
  response: 'CustomEmoji[]',
  access: 'public',
  scope: null,
  rateLimit: 'api',
  cache: 'public, max-age=3600',
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
  async handle() {
    return json([]);
  },
});
