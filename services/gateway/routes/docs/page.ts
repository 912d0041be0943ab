import { readFileSync } from 'node:fs';
import { html } from '../../http/answer.ts';
import { type ApiDocument, documentPage, PAGE_POLICY } from '../../openapi/page.ts';
import { route } from '../../route.ts';

let page: string | undefined;

export const docsPage = route({
  method: 'GET',
  url: '/api/docs',
  summary: 'The API, as a page',
  response: 'Html',
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
  async handle() {
    page ??= documentPage(
      JSON.parse(
        readFileSync(new URL('../../../../contracts/api/openapi.json', import.meta.url), 'utf8'),
      ) as ApiDocument,
    );
    return html(page, { 'content-security-policy': PAGE_POLICY, 'cache-control': 'public, max-age=3600' });
  },
});
