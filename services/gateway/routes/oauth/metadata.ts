import { SCOPES } from '#policies/permissions/scopes.ts';
import { json } from '../../http/answer.ts';
import { route } from '../../route.ts';

export const oauthMetadata = route({
  method: 'GET',
  url: '/.well-known/oauth-authorization-server',
  summary: 'What the authorization server can do (RFC 8414)',
  response: 'OAuthMetadata',
  access: 'public',
  scope: null,
  rateLimit: 'api',
  cache: 'public, max-age=3600',
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
  async handle(_request, { present }) {
    const at = (path: string) => present.urls.absolute(path);
    return json({
      issuer: `${present.urls.origin}/`,
      service_documentation: at('/api/docs'),
      authorization_endpoint: at('/oauth/authorize'),
      token_endpoint: at('/oauth/token'),
      app_registration_endpoint: at('/api/v1/apps'),
      revocation_endpoint: at('/oauth/revoke'),
      userinfo_endpoint: at('/oauth/userinfo'),
      scopes_supported: SCOPES,
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code', 'client_credentials'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      code_challenge_methods_supported: ['S256'],
    });
  },
});
