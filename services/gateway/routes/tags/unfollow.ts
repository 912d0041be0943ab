import Type from 'typebox';
import { json } from '../../http/answer.ts';
import { tagNameOf } from '../../params/tag-name.ts';
import { Text } from '../../params/types.ts';
import { route } from '../../route.ts';

export const unfollowTag = route({
  method: 'POST',
  url: '/api/v1/tags/:name/unfollow',
  summary: 'See posts with a hashtag in home no longer',
  params: Type.Object({ name: Text(100) }),
  response: 'Tag',
  access: 'account',
  scope: ['follow', 'write:follows'],
  permission: 'graph.write',
  rateLimit: 'api',
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
  async handle(request, { services, present }) {
    const name = tagNameOf(request.params.name);
    await services.feed.unfollowTag({ name }, request.context);
    const [tag] = await present.tags.byName([name], request);
    return json(tag);
  },
});
