import type { Cursors } from '#contracts/model/common.ts';
import type { ShownPost } from '#contracts/model/post.ts';
import type { Gateway } from '../gateway.ts';
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
  return ready(await gateway.present.statuses.array(page.posts, request), pageLinks(request, gateway, page.cursors));
}
