import Type from 'typebox';
import { notFound } from '#platform/errors/errors.ts';
import { json } from '../../http/answer.ts';
import { Text } from '../../params/types.ts';
import { localUsername, usernameInAddress } from '../../present/handles.ts';
import { route } from '../../route.ts';

export const webfinger = route({
  method: 'GET',
  url: '/.well-known/webfinger',
  summary: 'The profile behind a handle',
  query: Type.Object({ resource: Text(400) }),
  response: 'Webfinger',
  access: 'public',
  scope: null,
  rateLimit: 'api',
  cache: 'public, max-age=60',
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
  async handle({ query, context }, { services, present }) {
    const { urls } = present;
    const handle = query.resource.startsWith('acct:') ? query.resource.slice('acct:'.length) : undefined;
    const username =
      handle === undefined ? usernameInAddress(query.resource, urls) : localUsername(handle, urls.domain);
    if (username === undefined) throw notFound();
    const account = await services.user.lookup({ username }, context);
    const url = urls.account(account.username);
    return {
      ...json({
        subject: `acct:${account.username}@${urls.domain}`,
        aliases: [url],
        links: [{ rel: 'http://webfinger.net/rel/profile-page', type: 'text/html', href: url }],
      }),
      contentType: 'application/jrd+json; charset=utf-8',
    };
  },
});
