import Type from 'typebox';
import { json } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { keywordJson } from '../../present/filter.ts';
import { route } from '../../route.ts';

export const updateFilterKeyword = route({
  method: 'PUT',
  url: '/api/v2/filters/keywords/:id',
  alsoAs: ['PATCH'],
  summary: 'Change a word of a filter',
  params: IdParams,
  body: Type.Object({
    keyword: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
    whole_word: Type.Optional(Type.Boolean()),
  }),
  response: 'FilterKeyword',
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
    const keyword = await present.filters.change(viewerId!, () =>
      services.feed.updateFilterKeyword(
        {
          keywordId: params.id,
          ...(body.keyword === undefined ? {} : { keyword: body.keyword }),
          ...(body.whole_word === undefined ? {} : { wholeWord: body.whole_word }),
        },
        context,
      ),
    );
    return json(keywordJson(keyword));
  },
});
