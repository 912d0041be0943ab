import { queryOptions } from '@tanstack/react-query';
import { answered, api } from './client.ts';
import { pageOf } from './paging.ts';
import type { PeopleSource } from './people.ts';
import { rememberStatuses } from './statuses.ts';
import type { Status } from './types.ts';

/** A post of a conversation, and what it answers. The posts themselves are filed by id. */
export interface Turn {
  readonly id: string;
  readonly answers: string | null;
}

export interface Conversation {
  readonly ancestors: readonly string[];
  readonly replies: readonly Turn[];
}

/** What stands before a post and after it. */
export const contextQuery = (id: string) =>
  queryOptions({
    queryKey: ['context', id],
    queryFn: async ({ signal }): Promise<Conversation> => {
      const call = api.GET('/api/v1/statuses/{id}/context', { params: { path: { id } }, signal });
      // The schema of the API does not say that a repost shows a whole post.
      const { ancestors, descendants } = (await answered(call)) as unknown as Readonly<
        Record<'ancestors' | 'descendants', readonly Status[]>
      >;
      return {
        ancestors: rememberStatuses(ancestors),
        replies: rememberStatuses(descendants).map((reply, index) => ({
          id: reply,
          answers: descendants[index]!.in_reply_to_id,
        })),
      };
    },
  });

export function peopleWhoLike(id: string): PeopleSource {
  return {
    key: ['likes', id],
    fetch: (query, signal) =>
      pageOf(api.GET('/api/v1/statuses/{id}/favourited_by', { params: { path: { id }, query }, signal })),
  };
}

export function peopleWhoReposted(id: string): PeopleSource {
  return {
    key: ['reposts', id],
    fetch: (query, signal) =>
      pageOf(api.GET('/api/v1/statuses/{id}/reblogged_by', { params: { path: { id }, query }, signal })),
  };
}
