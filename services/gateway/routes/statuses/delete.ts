import Type from 'typebox';
import { ready } from '../../http/answer.ts';
import { Flag, IdParams } from '../../params/types.ts';
import { assemble, pieceOf } from '../../present/json-pieces.ts';
import { route } from '../../route.ts';

export const deleteStatus = route({
  method: 'DELETE',
  url: '/api/v1/statuses/:id',
  summary: 'Delete a post for good; the answer holds its text, to be written anew',
  params: IdParams,
  query: Type.Object({ delete_media: Flag(false) }),
  response: 'Status',
  access: 'account',
  scope: 'write:statuses',
  permission: 'posts.write',
  rateLimit: 'statuses delete',
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
  async handle(request, gateway) {
    const { params, query, context, viewerId } = request;
    const { shown, body } = await gateway.services.post.remove(
      { postId: params.id, deleteMedia: query.delete_media },
      context,
    );
    await gateway.present.accounts.forget(viewerId!);
    const status = await gateway.present.statuses.deleted(shown, body, request);
    return ready(assemble([status.subarray(0, -1), ',"text":', pieceOf(body.text), '}']));
  },
});
