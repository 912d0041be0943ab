import { PlazaError } from '#platform/errors/errors.ts';
import { isTagName, tagName } from '#policies/text/entities.ts';
import type { Gateway } from '../../gateway.ts';
import { postInAddress, searchText, usernameInAddress } from '../../present/handles.ts';
import { tagJson } from '../../present/tag.ts';
import type { ApiRequest } from '../../route.ts';

interface Window {
  readonly limit: number;
  readonly offset: number;
}

/** What stands at an address that somebody pasted: a profile or a post of ours. Undefined where the text is no address. */
export async function findAddress(typed: string, request: ApiRequest, { services, present }: Gateway) {
  const text = typed.trim();
  if (!/^https?:\/\//i.test(text)) return undefined;
  const { context } = request;
  const username = usernameInAddress(text, present.urls);
  if (username !== undefined) {
    const account = await orNothing(services.user.lookup({ username }, context));
    return { accounts: account === undefined ? [] : [await present.accounts.one(account, context)], statuses: [] };
  }
  const postId = postInAddress(text, present.urls);
  const shown = postId === undefined ? undefined : await orNothing(services.post.getShown({ postId }, context));
  const status = shown && (await present.statuses.one(shown, request));
  return { accounts: [], statuses: status === undefined ? [] : [status] };
}

export async function findAccounts(
  typed: string,
  { following, limit, offset }: Window & { readonly following: boolean },
  { context }: ApiRequest,
  { services, present }: Gateway,
): Promise<Buffer[]> {
  const text = searchText(typed, present.urls.domain);
  if (text === undefined || text.startsWith('#')) return [];
  const { accounts } = await services.user.search(
    { text: text.slice(0, 200), followingOnly: following, offset, limit },
    context,
  );
  return (await present.accounts.present(accounts, context)).map((account) => account.json);
}

export async function findTags(typed: string, window: Window, request: ApiRequest, { services, present }: Gateway) {
  const bare = typed.trim().replace(/^[#＃]/, '');
  if (!isTagName(bare)) return [];
  const { viewerId, context } = request;
  const { tags } = await services.post.searchHashtags({ prefix: tagName(bare), ...window }, context);
  if (viewerId === null || tags.length === 0) return tags.map((tag) => tagJson(tag, present.urls));
  const { names } = await services.feed.followedAmong({ names: tags.map((tag) => tag.name) }, context);
  return tags.map((tag) => tagJson(tag, present.urls, names.includes(tag.name)));
}

/** What may not be seen is not found, which for a search is nothing. */
async function orNothing<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof PlazaError && error.code === 'not_found') return undefined;
    throw error;
  }
}
