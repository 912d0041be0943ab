import Type from 'typebox';
import { PlazaError } from '#platform/errors/errors.ts';
import { DONE } from '../../http/answer.ts';
import { Text } from '../../params/types.ts';
import { route } from '../../route.ts';
import { appCredentials, refusedCredentials } from './app-credentials.ts';

export const revokeToken = route({
  method: 'POST',
  url: '/oauth/revoke',
  summary: 'End a token of the app (RFC 7009)',
  body: Type.Object({
    client_id: Type.Optional(Text(100)),
    client_secret: Type.Optional(Text(500)),
    token: Type.Optional(Text(500)),
  }),
  response: 'Empty',
  access: 'public',
  authorization: 'app',
  scope: null,
  rateLimit: 'api',
  cache: 'private',
  // The app proves itself by its id and secret; a bearer token means nothing here.
  expect: {
    anonymous: 200,
    appOnly: 200,
    wrongScope: 200,
    otherUser: 200,
    blockedUser: 200,
    suspended: 200,
    owner: 200,
    moderator: 200,
    admin: 200,
  },
  async handle(request, { services }) {
    const { body, context } = request;
    try {
      const credentials = appCredentials(request);
      if (body.token === undefined) {
        throw new PlazaError('bad_request', 'invalid_request', { description: 'token is missing' });
      }
      await services.authentication.revokeToken({ token: body.token, ...credentials }, context);
      return DONE;
    } catch (error) {
      return refusedCredentials(error, request);
    }
  },
});
