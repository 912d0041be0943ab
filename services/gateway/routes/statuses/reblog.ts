import Type from 'typebox';
import { statusAnswer } from '../../http/single.ts';
import { IdParams } from '../../params/types.ts';
import { route } from '../../route.ts';
import { VisibilityParameter, visibilityOf } from './draft.ts';

export const reblogStatus = route({
  method: 'POST',
  url: '/api/v1/statuses/:id/reblog',
  summary: 'Repost a post',
  params: IdParams,
  body: Type.Object({ visibility: Type.Optional(VisibilityParameter) }),
  response: 'Status',
  access: 'account',
  scope: 'write:statuses',
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
    const { params, body, context, viewerId } = request;
    const { post, user } = gateway.services;
    const visibility =
      body.visibility === undefined
        ? (await user.getPreferences({}, context)).postingVisibility
        : visibilityOf(body.visibility);
    const repost = await post.repost({ postId: params.id, visibility }, context);
    await gateway.present.accounts.forget(viewerId!);
    return statusAnswer(request, gateway, repost);
  },
});
