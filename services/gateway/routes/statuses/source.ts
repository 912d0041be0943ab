import { notFound } from '#platform/errors/errors.ts';
import { json } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { route } from '../../route.ts';

export const statusSource = route({
  method: 'GET',
  url: '/api/v1/statuses/:id/source',
  summary: 'What was typed, to be edited',
  params: IdParams,
  response: 'StatusSource',
  access: 'account',
  scope: 'read:statuses',
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
  async handle({ params, context }, { services }) {
    const { head } = await services.post.getShown({ postId: params.id }, context);
    const { bodies } = await services.post.getBodies({ ids: [head.id] }, context);
    if (bodies[0] === undefined) throw notFound();
    return json({ id: head.id, text: bodies[0].text, spoiler_text: bodies[0].contentWarning });
  },
});
