import { json } from '../../http/answer.ts';
import { route } from '../../route.ts';

export const nodeinfoLinks = route({
  method: 'GET',
  url: '/.well-known/nodeinfo',
  summary: 'Where the description of this server is',
  response: 'NodeInfoLinks',
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
    return json({
      links: ['2.0', '2.1'].map((version) => ({
        rel: `http://nodeinfo.diaspora.software/ns/schema/${version}`,
        href: present.urls.absolute(`/nodeinfo/${version}`),
      })),
    });
  },
});
