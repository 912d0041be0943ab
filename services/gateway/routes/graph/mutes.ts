import Type from 'typebox';
import { ready } from '../../http/answer.ts';
import { pageLinks } from '../../http/pages.ts';
import { pageOf } from '../../http/paging.ts';
import { PageQuery } from '../../params/types.ts';
import { arrayOf, assemble } from '../../present/json-pieces.ts';
import { isoTime } from '../../present/times.ts';
import { route } from '../../route.ts';

export const listMutes = route({
  method: 'GET',
  url: '/api/v1/mutes',
  summary: 'Whom one has muted',
  query: Type.Object(PageQuery(40, 80)),
  response: 'MutedAccount[]',
  access: 'account',
  scope: ['follow', 'read:mutes'],
  rateLimit: 'api',
  cache: 'private',
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
  async handle(request, gateway) {
    const { accounts, cursors } = await gateway.services.user.listMuted(
      { page: pageOf(request.query) },
      request.context,
    );
    const presented = await gateway.present.accounts.present(
      accounts.map((muted) => muted.account),
      request.context,
    );
    const elements = presented.map(({ json }, at) => {
      const untilMs = accounts[at]!.untilMs;
      const end = untilMs === null ? 'null' : `"${isoTime(untilMs)}"`;
      return assemble([json.subarray(0, -1), `,"mute_expires_at":${end}}`]);
    });
    return ready(arrayOf(elements), pageLinks(request, gateway, cursors));
  },
});
