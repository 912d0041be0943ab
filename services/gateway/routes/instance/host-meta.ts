import { escapeHtml } from '../../present/html.ts';
import { route } from '../../route.ts';

export const hostMeta = route({
  method: 'GET',
  url: '/.well-known/host-meta',
  summary: 'Where handles are looked up',
  response: 'HostMeta',
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
    const template = escapeHtml(present.urls.absolute('/.well-known/webfinger?resource={uri}'));
    return {
      status: 200,
      headers: {},
      contentType: 'application/xrd+xml; charset=utf-8',
      body:
        '<?xml version="1.0" encoding="UTF-8"?>\n<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">\n' +
        `  <Link rel="lrdd" template="${template}"/>\n</XRD>\n`,
    };
  },
});
