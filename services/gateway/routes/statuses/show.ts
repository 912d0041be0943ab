import { statusAnswer } from '../../http/single.ts';
import { IdParams } from '../../params/types.ts';
import type { Viewing } from '../../present/statuses.ts';
import { route } from '../../route.ts';

/** As long as a call may take; longer than any healthy service needs for all that a post is made of. */
const SHARED_ANSWER_MS = 5_000;

export const showStatus = route({
  method: 'GET',
  url: '/api/v1/statuses/:id',
  summary: 'A post',
  params: IdParams,
  response: 'Status',
  access: 'public',
  scope: 'read:statuses',
  rateLimit: 'api',
  cache: 'public, max-age=15',
  expect: {
    anonymous: 200,
    appOnly: 200,
    wrongScope: 403,
    otherUser: 200,
    blockedUser: 404,
    suspended: 401,
    owner: 200,
    moderator: 200,
    admin: 200,
  },
  async handle(request, gateway) {
    const postId = request.params.id;
    const show = async (viewing: Viewing) =>
      statusAnswer(viewing, gateway, await gateway.services.post.getShown({ postId }, viewing.context));
    const { viewerId, context } = request;
    if (context.caller.kind !== 'anonymous') return show(request);
    // Those who share it have waited for different times: it has a time of its own.
    const own = { ...context, deadlineMs: gateway.clock.now() + SHARED_ANSWER_MS };
    return gateway.publicAnswers.read(postId, () => show({ viewerId, context: own }));
  },
});
