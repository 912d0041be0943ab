import Type from 'typebox';
import { ready } from '../../http/answer.ts';
import { Limit } from '../../params/types.ts';
import { arrayOf, assemble } from '../../present/json-pieces.ts';
import { route } from '../../route.ts';

const SOURCES = {
  friends_of_friends: { source: 'past_interactions', sources: 'friends_of_friends' },
  most_followed: { source: 'global', sources: 'most_followed' },
} as const;

export const listSuggestions = route({
  method: 'GET',
  url: '/api/v2/suggestions',
  summary: 'People whom one may want to follow',
  query: Type.Object({ limit: Limit(40, 80) }),
  response: 'Suggestion[]',
  access: 'account',
  scope: 'read',
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
    const { suggestions } = await gateway.services.user.suggestions({ limit: request.query.limit }, request.context);
    const presented = await gateway.present.accounts.present(
      suggestions.map((suggestion) => suggestion.account),
      request.context,
    );
    const elements = presented.map(({ json }, at) => {
      const words = SOURCES[suggestions[at]!.source];
      return assemble([`{"source":"${words.source}","sources":["${words.sources}"],"account":`, json, '}']);
    });
    return ready(arrayOf(elements));
  },
});
