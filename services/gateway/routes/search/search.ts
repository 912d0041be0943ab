import Type from 'typebox';
import { ready } from '../../http/answer.ts';
import { Flag, Limit, Offset } from '../../params/types.ts';
import { arrayOf, objectOf, pieceOf } from '../../present/json-pieces.ts';
import { route } from '../../route.ts';
import { findAccounts, findAddress, findTags } from './find.ts';

export const search = route({
  method: 'GET',
  url: '/api/v2/search',
  summary: 'People by handle or name, hashtags by their beginning, a post or a profile by its address',
  query: Type.Object({
    q: Type.String({ minLength: 1, maxLength: 2_000 }),
    type: Type.Optional(Type.Union([Type.Literal('accounts'), Type.Literal('hashtags'), Type.Literal('statuses')])),
    limit: Limit(20, 40),
    offset: Offset,
    following: Flag(false),
    resolve: Flag(false),
  }),
  response: 'Search',
  access: 'public',
  scope: 'read:search',
  rateLimit: 'api',
  cache: 'private',
  expect: {
    anonymous: 200,
    appOnly: 200,
    wrongScope: 403,
    otherUser: 200,
    blockedUser: 200,
    suspended: 401,
    owner: 200,
    moderator: 200,
    admin: 200,
  },
  async handle(request, gateway) {
    const { q, type, limit, offset, following } = request.query;
    const found = await findAddress(q, request, gateway);
    const wants = (kind: string) => found === undefined && (type === undefined || type === kind);
    const [accounts, hashtags] = await Promise.all([
      wants('accounts') ? findAccounts(q, { following, limit, offset }, request, gateway) : [],
      wants('hashtags') ? findTags(q, { limit, offset }, request, gateway) : [],
    ]);
    return ready(
      objectOf({
        accounts: arrayOf(found?.accounts ?? accounts),
        statuses: arrayOf(found?.statuses ?? []),
        hashtags: pieceOf(hashtags),
      }),
    );
  },
});
