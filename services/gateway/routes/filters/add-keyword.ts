import Type from 'typebox';
import { json } from '../../http/answer.ts';
import { Flag, IdParams } from '../../params/types.ts';
import { keywordJson } from '../../present/filter.ts';
import { route } from '../../route.ts';

export const addFilterKeyword = route({
  method: 'POST',
  url: '/api/v2/filters/:id/keywords',
  summary: 'Add a word to a filter',
  params: IdParams,
  body: Type.Object({ keyword: Type.String({ minLength: 1, maxLength: 512 }), whole_word: Flag(false) }),
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
      services.feed.addFilterKeyword(
        { filterId: params.id, keyword: body.keyword, wholeWord: body.whole_word },
        context,
      ),
    );
    return json(keywordJson(keyword));
  },
});
