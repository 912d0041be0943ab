import Type from 'typebox';
import { maySeeAccount } from '#policies/visibility/visibility.ts';
import { json, ready } from '../../http/answer.ts';
import { IdList } from '../../params/types.ts';
import { arrayOf } from '../../present/json-pieces.ts';
import { route } from '../../route.ts';

const MAX_ACCOUNTS = 40;

export const listAccounts = route({
  method: 'GET',
  url: '/api/v1/accounts',
  summary: 'Several accounts by their ids; those that do not exist are left out',
  query: Type.Object({ id: IdList(MAX_ACCOUNTS), ids: IdList(MAX_ACCOUNTS) }),
  response: 'Account[]',
  access: 'public',
  scope: 'read:accounts',
  rateLimit: 'api',
  cache: 'public, max-age=15',
  expect: {
    anonymous: 200,
    appOnly: 200,
    wrongScope: 403,
    otherUser: 200,
    blockedUser: 200,
    suspended: 401,
    owner: 200,
    moderator: 200,
    admin: 200,
  },
  async handle(request, gateway) {
    const { user } = gateway.services;
    const ids = [...new Set([...request.query.id, ...request.query.ids])];
    if (ids.length === 0) return json([]);
    const { facts } = await user.visibilityFacts({ viewerId: request.viewerId, authorIds: ids }, request.context);
    const viewer = request.viewerId === null ? null : { id: request.viewerId };
    const visible = facts.filter((one) => maySeeAccount(viewer, one)).map((one) => one.id);
    const accounts = await gateway.present.accounts.byId(visible, request.context);
    return ready(arrayOf(ids.flatMap((id) => accounts.get(id)?.json ?? [])));
  },
});
