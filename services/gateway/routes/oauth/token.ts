import Type from 'typebox';
import { PlazaError } from '#platform/errors/errors.ts';
import { json } from '../../http/answer.ts';
import { Text } from '../../params/types.ts';
import { tokenJson } from '../../present/token.ts';
import { route } from '../../route.ts';
import { appCredentials, refusedCredentials } from './app-credentials.ts';

export const issueToken = route({
  method: 'POST',
  url: '/oauth/token',
  summary: 'Exchange a code, or the credentials of an app, for a token',
  body: Type.Object({
    grant_type: Type.Optional(Text(40)),
    client_id: Type.Optional(Text(100)),
    client_secret: Type.Optional(Text(500)),
    code: Type.Optional(Text(500)),
    redirect_uri: Type.Optional(Text(2_000)),
    code_verifier: Type.Optional(Text(200)),
    scope: Type.Optional(Text(2_000)),
  }),
  response: 'Token',
  access: 'public',
  authorization: 'app',
  scope: null,
  rateLimit: 'api',
  cache: 'private',
  // A bearer token means nothing here; whoever sends a valid grant gets a token.
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
      const { clientId, clientSecret } = appCredentials(request);
      if (body.grant_type === undefined) {
        throw new PlazaError('bad_request', 'invalid_request', { description: 'grant_type is missing' });
      }
      const answer = await services.authentication.issueToken(
        {
          grantType: body.grant_type,
          clientId,
          ...(clientSecret === '' ? {} : { clientSecret }),
          ...(body.code === undefined ? {} : { code: body.code }),
          ...(body.redirect_uri === undefined ? {} : { redirectUri: body.redirect_uri }),
          ...(body.code_verifier === undefined ? {} : { codeVerifier: body.code_verifier }),
          ...(body.scope === undefined ? {} : { scope: body.scope }),
        },
        context,
      );
      return json(tokenJson(answer), { pragma: 'no-cache' });
    } catch (error) {
      return refusedCredentials(error, request);
    }
  },
});
