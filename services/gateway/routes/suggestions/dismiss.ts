import { DONE } from '../../http/answer.ts';
import { IdParams } from '../../params/types.ts';
import { route } from '../../route.ts';

export const dismissSuggestion = route({
  method: 'DELETE',
  url: '/api/v1/suggestions/:id',
  summary: 'Suggest an account no more',
  params: IdParams,
  response: 'Empty',
  access: 'account',
  scope: 'read',
  rateLimit: 'api',
  cache: 'private',
  // Mastodon asks for `read` here too.
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
  async handle({ params, context }, { services }) {
    await services.user.dismissSuggestion({ accountId: params.id }, context);
    return DONE;
  },
});
