import Type from 'typebox';
import { json } from '../../http/answer.ts';
import { pageLinks } from '../../http/pages.ts';
import { pageOf } from '../../http/paging.ts';
import { PageQuery } from '../../params/types.ts';
import { scheduledJson } from '../../present/scheduled.ts';
import { route } from '../../route.ts';

export const listScheduled = route({
  method: 'GET',
  url: '/api/v1/scheduled_statuses',
  summary: "One's posts that wait for their time",
  query: Type.Object(PageQuery(20, 40)),
  response: 'ScheduledStatus[]',
  access: 'account',
  scope: 'read:statuses',
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
    const { services, present } = gateway;
    const { scheduled, cursors } = await services.post.listScheduled({ page: pageOf(request.query) }, request.context);
    return json(
      scheduled.map((one) => scheduledJson(one, present.media, request.viewerId!)),
      pageLinks(request, gateway, cursors),
    );
  },
});
