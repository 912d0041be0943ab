import { notFound } from '#platform/errors/errors.ts';
import { ready } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { arrayOf, assemble, pieceOf } from '../../present/json-pieces.ts';
import { revisionJson } from '../../present/revision.ts';
import { route } from '../../route.ts';

export const statusHistory = route({
  method: 'GET',
  url: '/api/v1/statuses/:id/history',
  summary: 'What a post said, version by version',
  params: IdParams,
  response: 'StatusEdit[]',
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
    const { params, context, viewerId } = request;
    const { present, services } = gateway;
    const { head } = await services.post.getShown({ postId: params.id }, context);
    const [{ revisions }, authors] = await Promise.all([
      services.post.getHistory({ postId: params.id }, context),
      present.accounts.byId([head.authorId], context),
    ]);
    const author = authors.get(head.authorId);
    if (author === undefined) throw notFound();
    const elements = revisions.map((revision) => {
      const own = pieceOf(revisionJson(revision, head, present, viewerId));
      return assemble([own.subarray(0, -1), ',"account":', author.json, '}']);
    });
    return ready(arrayOf(elements));
  },
});
