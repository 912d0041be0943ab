import { json } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { scheduledJson } from '../../present/scheduled.ts';
import { route } from '../../route.ts';

export const showScheduled = route({
  method: 'GET',
  url: '/api/v1/scheduled_statuses/:id',
  summary: 'A post that waits for its time',
  params: IdParams,
  response: 'ScheduledStatus',
  access: 'account',
  scope: 'read:statuses',
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
    const scheduled = await services.post.getScheduled({ id: params.id }, context);
    return json(scheduledJson(scheduled, present.media, viewerId!));
  },
});
