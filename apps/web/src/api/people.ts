import { type InfiniteData, infiniteQueryOptions } from '@tanstack/react-query';
import { rememberAccounts } from './accounts.ts';
import { api } from './client.ts';
import { type Page, pageOf } from './paging.ts';
import { queryClient } from './query-client.ts';
import type { Account } from './types.ts';

const PAGE_SIZE = 40;

interface Range {
  readonly limit: number;
  readonly max_id?: string;
}

/** A list of people that can be read on. */
export interface PeopleSource {
  /** Names it in the cache. */
  readonly key: readonly [string, ...string[]];
  fetch(range: Range, signal: AbortSignal): Promise<Page<Account>>;
}

export function followersOf(id: string): PeopleSource {
  return {
    key: ['followers', id],
    fetch: (query, signal) =>
      pageOf(api.GET('/api/v1/accounts/{id}/followers', { params: { path: { id }, query }, signal })),
  };
}

export function followedBy(id: string): PeopleSource {
  return {
    key: ['following', id],
    fetch: (query, signal) =>
      pageOf(api.GET('/api/v1/accounts/{id}/following', { params: { path: { id }, query }, signal })),
  };
}

export function membersOf(listId: string): PeopleSource {
  return {
    key: ['list-members', listId],
    fetch: (query, signal) =>
      pageOf(api.GET('/api/v1/lists/{id}/accounts', { params: { path: { id: listId }, query }, signal })),
  };
}

export const followRequests: PeopleSource = {
  key: ['follow-requests'],
  fetch: (query, signal) => pageOf(api.GET('/api/v1/follow_requests', { params: { query }, signal })),
};

export const blockedPeople: PeopleSource = {
  key: ['blocks'],
  fetch: (query, signal) => pageOf(api.GET('/api/v1/blocks', { params: { query }, signal })),
};

export const mutedPeople: PeopleSource = {
  key: ['mutes'],
  fetch: (query, signal) => pageOf(api.GET('/api/v1/mutes', { params: { query }, signal })),
};

const keyOf = (source: PeopleSource) => ['people', ...source.key] as const;

/** What stands in the cache of such a list: ids, since people are filed by id. */
export function peopleQuery(source: PeopleSource) {
  return infiniteQueryOptions({
    queryKey: keyOf(source),
    queryFn: async ({ pageParam, signal }): Promise<Page<string>> => {
      const range = pageParam === null ? {} : { max_id: pageParam };
      const { items, next } = await source.fetch({ limit: PAGE_SIZE, ...range }, signal);
      return { items: rememberAccounts(items), next };
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }: Page<string>) => next,
  });
}

/** Takes somebody off a list that is shown, or puts somebody on top of it. */
export function changePeople(source: PeopleSource, change: { readonly add?: string; readonly remove?: string }): void {
  queryClient.setQueryData<InfiniteData<Page<string>, string | null>>(keyOf(source), (data) => {
    const [first, ...rest] = data?.pages ?? [];
    if (data === undefined || first === undefined) return data;
    const { add, remove } = change;
    const isNew = add !== undefined && !data.pages.some(({ items }) => items.includes(add));
    const pages = isNew ? [{ ...first, items: [add, ...first.items] }, ...rest] : data.pages;
    return { ...data, pages: pages.map((page) => ({ ...page, items: page.items.filter((id) => id !== remove) })) };
  });
}

/** Lists that are not shown are read anew when they are opened. */
export function forgetPeople(source: PeopleSource): void {
  queryClient.removeQueries({ queryKey: keyOf(source), type: 'inactive' });
}
