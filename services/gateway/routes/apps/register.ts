import Type from 'typebox';
import { json } from '../../http/answer.ts';
import { Text } from '../../params/types.ts';
import { applicationJson } from '../../present/application.ts';
import { route } from '../../route.ts';

export const registerApp = route({
  method: 'POST',
  url: '/api/v1/apps',
  summary: 'Register an app that people may let act for them',
  body: Type.Object({
    client_name: Text(60),
    redirect_uris: Type.Array(Text(2_000), { minItems: 1, maxItems: 20 }),
    scopes: Type.String({ maxLength: 2_000, default: 'read' }),
    website: Type.Optional(Text(2_000)),
  }),
  response: 'CredentialApplication',
  access: 'public',
  scope: null,
  rateLimit: 'app registration',
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
  async handle({ body, context }, { services }) {
    // One address, several as a list, or several in one text, as older clients send them.
    const redirectUris = body.redirect_uris.flatMap((text) => text.split(/\s+/)).filter((uri) => uri !== '');
    const { app, clientSecret } = await services.authentication.registerApp(
      { name: body.client_name, redirectUris, scopes: body.scopes, website: body.website || null },
      context,
    );
    return json({
      ...applicationJson(app),
      client_id: app.clientId,
      client_secret: clientSecret,
      client_secret_expires_at: 0,
    });
  },
});
