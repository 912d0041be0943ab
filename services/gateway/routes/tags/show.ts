import Type from 'typebox';
import { json } from '../../http/answer.ts';
import { tagNameOf } from '../../params/tag-name.ts';
import { Text } from '../../params/types.ts';
import { route } from '../../route.ts';

export const showTag = route({
  method: 'GET',
  url: '/api/v1/tags/:name',
  summary: 'A hashtag and its use in the last days',
  params: Type.Object({ name: Text(100) }),
  response: 'Tag',
  access: 'public',
  scope: null,
  rateLimit: 'api',
  cache: 'public, max-age=60',
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
  async handle(request, { present }) {
    const [tag] = await present.tags.byName([tagNameOf(request.params.name)], request);
    return json(tag);
  },
});
