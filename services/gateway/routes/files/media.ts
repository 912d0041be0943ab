import Type from 'typebox';
import { notFound } from '#platform/errors/errors.ts';
import { IdParam, Text } from '../../params/types.ts';
import { route } from '../../route.ts';
import { fileAnswer } from './file-answer.ts';
import { mayRead } from './may-read.ts';

export const mediaFile = route({
  method: 'GET',
  url: '/media/:id/:name',
  summary: 'A picture, video or sound of a post',
  params: Type.Object({ id: IdParam, name: Text(60) }),
  query: Type.Object({
    viewer: Type.Optional(Text(19)),
    expires: Type.Optional(Text(12)),
    signature: Type.Optional(Text(100)),
  }),
  response: 'File',
  access: 'public',
  scope: null,
  rateLimit: 'files',
  cache: 'private',
  expect: {
    anonymous: 200,
    appOnly: 200,
    wrongScope: 200,
    otherUser: 200,
    blockedUser: 200,
    suspended: 401,
    owner: 200,
    moderator: 200,
    admin: 200,
  },
  async handle(request, gateway) {
    const { params, query } = request;
    const { media, open } = await mayRead(params.id, query, request, gateway);
    if (params.name !== media.fileName && params.name !== media.thumbnailName) throw notFound();
    return fileAnswer(`media/${media.id}/${params.name}`, open, request, gateway);
  },
});
