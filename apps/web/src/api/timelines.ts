import { type InfiniteData, infiniteQueryOptions } from '@tanstack/react-query';
import { orKept } from '../offline/or-kept.ts';
import { isHiddenByFilter, type Reading } from '../posts/filtering.ts';
import { api } from './client.ts';
import { type Page, pageOf } from './paging.ts';
import { queryClient } from './query-client.ts';
import { rememberStatuses } from './statuses.ts';
import type { Status } from './types.ts';

const PAGE_SIZE = 20;
/** More than these are not put above what is shown: the timeline begins anew. */
export const MOST_NEWER = 40;

interface Range {
  readonly limit: number;
  readonly max_id?: string;
  readonly min_id?: string;
  readonly since_id?: string;
}

/** A list of posts that can be read on, and looked at for newer ones. */
export interface TimelineSource {
  /** Names it in the cache, and the place of the reader in it. */
  readonly key: readonly [string, ...(string | boolean)[]];
  /** Whether new posts come at its top while it is read. */
  readonly live: boolean;
  /** Whether its cursors are ids of posts, so that it can be read from any post on. */
  readonly byPost: boolean;
  /** Which filters apply. */
  readonly reading: Reading;
  fetch(range: Range, signal: AbortSignal | undefined): Promise<Page<Status>>;
}

/** The schema of the API does not say that a repost shows a whole post. */
const statusPage = (call: Parameters<typeof pageOf>[0]) => pageOf(call) as Promise<Page<Status>>;

export const homeTimeline: TimelineSource = {
  key: ['home'],
  live: true,
  byPost: true,
  reading: 'home',
  fetch: (query, signal) =>
    orKept(query, () => statusPage(api.GET('/api/v1/timelines/home', { params: { query }, signal }))),
};

export const localTimeline: TimelineSource = {
  key: ['local'],
  live: true,
  byPost: true,
  reading: 'public',
  fetch: (query, signal) =>
    statusPage(api.GET('/api/v1/timelines/public', { params: { query: { ...query, local: true } }, signal })),
};

export function tagTimeline(tag: string): TimelineSource {
  return {
    key: ['tag', tag.toLowerCase()],
    live: true,
    byPost: true,
    reading: 'public',
    fetch: (query, signal) =>
      statusPage(api.GET('/api/v1/timelines/tag/{hashtag}', { params: { path: { hashtag: tag }, query }, signal })),
  };
}

export function listTimeline(id: string): TimelineSource {
  return {
    key: ['list', id],
    live: true,
    byPost: true,
    reading: 'home',
    fetch: (query, signal) =>
      statusPage(api.GET('/api/v1/timelines/list/{id}', { params: { path: { id }, query }, signal })),
  };
}

/** What somebody has pinned, in the cache. */
export const pinnedKey = (accountId: string) => ['pinned', accountId] as const;

export type ProfileTab = 'posts' | 'with_replies' | 'media';

export function accountTimeline(id: string, tab: ProfileTab): TimelineSource {
  const kind = { posts: { exclude_replies: true }, with_replies: {}, media: { only_media: true } }[tab];
  return {
    key: ['account', id, tab],
    live: false,
    byPost: true,
    reading: 'account',
    fetch: (range, signal) =>
      statusPage(
        api.GET('/api/v1/accounts/{id}/statuses', { params: { path: { id }, query: { ...range, ...kind } }, signal }),
      ),
  };
}

export const favourites: TimelineSource = {
  key: ['favourites'],
  live: false,
  byPost: false,
  reading: null,
  fetch: (query, signal) => statusPage(api.GET('/api/v1/favourites', { params: { query }, signal })),
};

export const bookmarks: TimelineSource = {
  key: ['bookmarks'],
  live: false,
  byPost: false,
  reading: null,
  fetch: (query, signal) => statusPage(api.GET('/api/v1/bookmarks', { params: { query }, signal })),
};

/** What stands in the cache of a timeline: ids, since the posts themselves are filed by id. */
export type IdPage = Page<string>;

/** A page of a timeline: what is older than a post, or what is right above one. */
type Cursor = { readonly max_id: string } | { readonly min_id: string } | null;

type Pages = InfiniteData<IdPage, Cursor>;

const keyOf = (source: TimelineSource) => ['timeline', ...source.key] as const;

/** `startBelow`: the post right above the first that is wanted, to begin in the middle. */
export function timelineQuery(source: TimelineSource, startBelow: string | null) {
  return infiniteQueryOptions({
    queryKey: keyOf(source),
    queryFn: async ({ pageParam, signal }): Promise<IdPage> => {
      const { items, next } = await source.fetch({ limit: PAGE_SIZE, ...pageParam }, signal);
      return { items: rememberStatuses(shownOf(source, items)), next };
    },
    initialPageParam: (startBelow === null ? null : { max_id: startBelow }) as Cursor,
    getNextPageParam: ({ next }: IdPage): Cursor | undefined => (next === null ? undefined : { max_id: next }),
    getPreviousPageParam: ({ items: [first] }: IdPage, _all, param: Cursor): Cursor | undefined =>
      param !== null && first !== undefined ? { min_id: first } : undefined,
    // A timeline that is open is added to, never fetched anew below the reader.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Without those that the reader's filters leave out. */
function shownOf({ reading }: TimelineSource, statuses: readonly Status[]): readonly Status[] {
  return statuses.filter((status) => !isHiddenByFilter(status, reading));
}

/** Looks for what came since the first post that is shown; 40 at most. */
export async function newerThan(
  source: TimelineSource,
  first: string,
  signal: AbortSignal,
): Promise<readonly Status[]> {
  return shownOf(source, (await source.fetch({ limit: MOST_NEWER, since_id: first }, signal)).items);
}

/** Puts posts at the top of a timeline that is known. */
export function prependToTimeline(source: TimelineSource, statuses: readonly Status[]): void {
  const ids = rememberStatuses(statuses);
  queryClient.setQueryData<Pages>(keyOf(source), (data) => {
    const [first, ...rest] = data?.pages ?? [];
    if (data === undefined || first === undefined) return data;
    const fresh = ids.filter((id) => !first.items.includes(id));
    return { ...data, pages: [{ ...first, items: [...fresh, ...first.items] }, ...rest] };
  });
}

/** What is known of a timeline: undefined when it was not read yet. */
export function knownTimeline(source: TimelineSource): KnownTimeline | undefined {
  const state = queryClient.getQueryState<Pages>(keyOf(source));
  const pages = state?.data?.pages;
  if (state === undefined || pages === undefined) return undefined;
  return {
    ids: [...new Set(pages.flatMap(({ items }) => items))],
    next: pages.at(-1)?.next ?? null,
    startsAtTop: state.data?.pageParams[0] === null || pages[0]?.items.length === 0,
    updatedMs: state.dataUpdatedAt,
  };
}

export interface KnownTimeline {
  readonly ids: readonly string[];
  readonly next: string | null;
  /** Whether its first post is the newest that there was. */
  readonly startsAtTop: boolean;
  readonly updatedMs: number;
}

/** Asks for all that is shown of a timeline once more; it stays where it is meanwhile. */
export function rereadTimeline(source: TimelineSource): Promise<void> {
  return queryClient.refetchQueries({ queryKey: keyOf(source) });
}

/** Reads a timeline anew from its top. */
export function restartTimeline(source: TimelineSource): Promise<void> {
  return queryClient.resetQueries({ queryKey: keyOf(source) });
}

/** Reads the posts of a person anew, in all views of the profile. */
export async function restartProfile(accountId: string): Promise<void> {
  await queryClient.resetQueries({ queryKey: ['timeline', 'account', accountId] });
  await queryClient.resetQueries({ queryKey: pinnedKey(accountId) });
}

/** Takes posts out of timelines: because one was deleted, or somebody is not to be seen any more. Out of all of them, or of those that `within` names. */
export function removeFromTimelines(
  unwanted: (id: string) => boolean,
  within: (key: TimelineSource['key']) => boolean = () => true,
): void {
  queryClient.setQueriesData<Pages>(
    {
      queryKey: ['timeline'],
      predicate: ({ queryKey: [, ...key] }) => within(key as unknown as TimelineSource['key']),
    },
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({ ...page, items: page.items.filter((id) => !unwanted(id)) })),
      },
  );
}

/** A timeline that shows little is read anew when it is opened next: what it lacks may have come. */
export function forgetShortTimeline(source: TimelineSource): void {
  const known = queryClient.getQueryData<Pages>(keyOf(source));
  const posts = known?.pages.reduce((sum, { items }) => sum + items.length, 0) ?? 0;
  if (posts < PAGE_SIZE) queryClient.removeQueries({ queryKey: keyOf(source), type: 'inactive' });
}

/** Timelines and conversations are read anew when they are opened next: what the reader's filters leave out has changed. */
export function forgetTimelines(): void {
  for (const name of ['timeline', 'context', 'status']) {
    queryClient.removeQueries({ queryKey: [name], type: 'inactive' });
  }
}
