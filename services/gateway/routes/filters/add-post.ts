import Type from 'typebox';
import { json } from '../../http/answer.ts';
import { IdParam, IdParams } from '../../params/types.ts';
import { filterPostJson } from '../../present/filter.ts';
import { route } from '../../route.ts';

export const addFilterStatus = route({
  method: 'POST',
  url: '/api/v2/filters/:id/statuses',
  summary: 'Add a post to a filter',
  params: IdParams,
  body: Type.Object({ status_id: IdParam }),
  response: 'FilterStatus',
  access: 'account',
  scope: 'write:filters',
  permission: 'profile.write',
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
    // What one may not see cannot be filtered, or the answer would tell that it exists.
    await services.post.getShown({ postId: body.status_id }, context);
    const added = await present.filters.change(viewerId!, () =>
      services.feed.addFilterPost({ filterId: params.id, postId: body.status_id }, context),
    );
    return json(filterPostJson(added));
  },
});
