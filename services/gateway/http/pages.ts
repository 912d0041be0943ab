import type { Account } from '#contracts/model/account.ts';
import type { Cursors } from '#contracts/model/common.ts';
import type { ShownPost } from '#contracts/model/post.ts';
import { maySeeAccount } from '#policies/visibility/visibility.ts';
import type { Gateway } from '../gateway.ts';
import { arrayOf } from '../present/json-pieces.ts';
import type { Viewing } from '../present/statuses.ts';
import type { ApiRequest } from '../route.ts';
import { type Answer, ready } from './answer.ts';
import { linkHeader } from './paging.ts';

/** Headers that say where the next and the previous page are. */
export function pageLinks(request: ApiRequest, gateway: Gateway, cursors: Cursors): Record<string, string> {
  return linkHeader(gateway.present.urls.absolute(request.path), request.search, cursors);
}

/** A page of posts that may be shown. */
export async function statusPage(
  request: ApiRequest,
  gateway: Gateway,
  page: { readonly posts: readonly ShownPost[]; readonly cursors: Cursors },
): Promise<Answer> {
  const { bytes, release } = await gateway.present.statuses.arrayOnLoan(page.posts, request);
  return { ...ready(bytes, pageLinks(request, gateway, page.cursors)), release };
}

/** A page of accounts that were just read. */
export async function accountPage(
  request: ApiRequest,
  gateway: Gateway,
  page: { readonly accounts: readonly Account[]; readonly cursors: Cursors },
): Promise<Answer> {
  return ready(
    await gateway.present.accounts.array(page.accounts, request.context),
    pageLinks(request, gateway, page.cursors),
  );
}

/**
 * A page of accounts of which only the ids are known. Left out are those that have gone, those that the viewer may not see, and those that one of the
 * two has blocked.
 */
export async function accountIdPage(
  request: ApiRequest,
  gateway: Gateway,
  page: { readonly accountIds: readonly string[]; readonly cursors: Cursors },
): Promise<Answer> {
  const { accountIds, cursors } = page;
  const elements = await visibleAccounts(request, gateway, accountIds);
  return ready(arrayOf(elements), pageLinks(request, gateway, cursors));
}

/** Those of the accounts that the viewer may see beside others, in order, ready to be sent. */
export async function visibleAccounts(
  { viewerId, context }: Viewing,
  { services, present }: Gateway,
  ids: readonly string[],
): Promise<Buffer[]> {
  if (ids.length === 0) return [];
  const [accounts, { facts }] = await Promise.all([
    present.accounts.byId(ids, context),
    services.user.visibilityFacts({ viewerId, authorIds: [...ids] }, context),
  ]);
  const viewer = viewerId === null ? null : { id: viewerId };
  const visible = new Set<string>();
  for (const one of facts) {
    if (maySeeAccount(viewer, one) && !one.blocking && !one.blockedBy) visible.add(one.id);
  }
  return ids.flatMap((id) => (visible.has(id) ? (accounts.get(id)?.json ?? []) : []));
}
