import Type from 'typebox';
import { json } from '../../http/answer.ts';
import { timeOf } from '../../params/time.ts';
import { IdParams, Text } from '../../params/types.ts';
import { scheduledJson } from '../../present/scheduled.ts';
import { route } from '../../route.ts';

export const updateScheduled = route({
  method: 'PUT',
  url: '/api/v1/scheduled_statuses/:id',
  alsoAs: ['PATCH'],
  summary: 'Give a post that waits another time',
  params: IdParams,
  body: Type.Object({ scheduled_at: Text(60) }),
  response: 'ScheduledStatus',
  access: 'account',
  scope: 'write:statuses',
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
    const dueMs = timeOf(body.scheduled_at);
    const scheduled = await services.post.reschedule({ id: params.id, dueMs }, context);
    return json(scheduledJson(scheduled, present.media, viewerId!));
  },
});
