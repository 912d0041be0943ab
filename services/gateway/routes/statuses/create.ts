import Type from 'typebox';
import { invalid } from '#platform/errors/errors.ts';
import { json } from '../../http/answer.ts';
import { statusAnswer } from '../../http/single.ts';
import { idempotencyKeyOf } from '../../params/idempotency-key.ts';
import { timeOf } from '../../params/time.ts';
import { IdParam, Text } from '../../params/types.ts';
import { scheduledJson } from '../../present/scheduled.ts';
import { route } from '../../route.ts';
import { DraftParameters, draftOf, VisibilityParameter } from './draft.ts';

export const createStatus = route({
  method: 'POST',
  url: '/api/v1/statuses',
  summary: 'Publish a post, at once or at a time. The same Idempotency-Key within a day answers the same post',
  body: Type.Object({
    ...DraftParameters,
    in_reply_to_id: Type.Optional(IdParam),
    visibility: Type.Optional(VisibilityParameter),
    scheduled_at: Type.Optional(Text(60)),
    quoted_status_id: Type.Optional(Text(60)),
  }),
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
    blockedUser: 200,
    suspended: 401,
    owner: 200,
    moderator: 200,
    admin: 200,
  },
  async handle(request, gateway) {
    const { body, context, headers, viewerId } = request;
    if (body.quoted_status_id) throw invalid('quoted_status_id', 'ERR_INVALID', 'Posts cannot be quoted here');
    const draft = await draftOf(body, request, gateway);
    const idempotencyKey = idempotencyKeyOf(headers, gateway.random);
    if (body.scheduled_at) {
      const dueMs = timeOf(body.scheduled_at);
      const scheduled = await gateway.services.post.schedule({ draft, dueMs, idempotencyKey }, context);
      return json(scheduledJson(scheduled, gateway.present.media, viewerId!));
    }
    const post = await gateway.services.post.create({ draft, idempotencyKey }, context);
    await gateway.present.accounts.forget(viewerId!);
    return statusAnswer(request, gateway, post);
  },
});
