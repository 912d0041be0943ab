import Type from 'typebox';
import { notFound } from '#platform/errors/errors.ts';
import { statusAnswer } from '../../http/single.ts';
import { focusOf } from '../../params/focus.ts';
import { IdParam, IdParams, Text } from '../../params/types.ts';
import { route } from '../../route.ts';
import { DraftParameters, languageOf, pollDraft } from './draft.ts';

export const editStatus = route({
  method: 'PUT',
  url: '/api/v1/statuses/:id',
  alsoAs: ['PATCH'],
  summary: 'Change what a post says; its history stays',
  params: IdParams,
  body: Type.Object({
    ...DraftParameters,
    media_attributes: Type.Optional(
      Type.Array(
        Type.Object({ id: IdParam, description: Type.Optional(Text(1_500)), focus: Type.Optional(Text(60)) }),
        { maxItems: 20 },
      ),
    ),
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
    otherUser: 404,
    blockedUser: 404,
    suspended: 401,
    owner: 200,
    moderator: 404,
    admin: 404,
  },
  async handle(request, gateway) {
    const { params, body, context } = request;
    const { post } = gateway.services;
    const shown = await post.getShown({ postId: params.id }, context);
    const before = (await post.getBodies({ ids: [shown.head.id] }, context)).bodies[0];
    if (before === undefined) throw notFound();
    const contentWarning = body.spoiler_text ?? '';
    const edited = await post.edit(
      {
        postId: params.id,
        text: body.status ?? '',
        contentWarning,
        sensitive: (body.sensitive ?? before.sensitive) || contentWarning !== '',
        language: body.language === undefined ? before.language : languageOf(body.language),
        mediaIds: body.media_ids ?? [],
        mediaDetails: (body.media_attributes ?? []).map(({ id, description, focus }) => {
          const point = focusOf(focus);
          return { id, ...(description === undefined ? {} : { description }), ...(point ? { focus: point } : {}) };
        }),
        poll: body.poll === undefined ? null : pollDraft(body.poll),
      },
      context,
    );
    return statusAnswer(request, gateway, edited);
  },
});
