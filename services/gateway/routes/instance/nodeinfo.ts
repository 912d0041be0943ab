import Type from 'typebox';
import { notFound } from '#platform/errors/errors.ts';
import { json } from '../../http/answer.ts';
import { Text } from '../../params/types.ts';
import { route } from '../../route.ts';

export const nodeinfo = route({
  method: 'GET',
  url: '/nodeinfo/:version',
  summary: 'A description of this server for directories',
  params: Type.Object({ version: Text(10) }),
  response: 'NodeInfo',
  access: 'public',
  scope: null,
  rateLimit: 'api',
  cache: 'public, max-age=1800',
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
  async handle({ params, context }, { services, config }) {
    const { version } = params;
    if (version !== '2.0' && version !== '2.1') throw notFound();
    const [users, { posts }] = await Promise.all([
      services.user.statistics({}, context),
      services.post.statistics({}, context),
    ]);
    const body = json({
      version,
      software: {
        name: 'plaza',
        version: config.instance.version,
        ...(version === '2.1' ? { repository: config.instance.sourceUrl } : {}),
      },
      // This server speaks to no other.
      protocols: [],
      services: { inbound: [], outbound: [] },
      openRegistrations: config.signUp === 'open',
      usage: { users: { total: users.accounts, activeMonth: users.activeMonth }, localPosts: posts },
      metadata: { nodeName: config.instance.title, nodeDescription: config.instance.description },
    });
    return {
      ...body,
      contentType: `application/json; profile="http://nodeinfo.diaspora.software/ns/schema/${version}#"; charset=utf-8`,
    };
  },
});
