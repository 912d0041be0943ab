import { useQuery } from '@tanstack/react-query';
import { rememberAccount } from './accounts.ts';
import { answered, api } from './client.ts';
import { queryClient } from './query-client.ts';
import type { Status } from './types.ts';

/** Posts stand in the cache once, by id, whatever list names them: what is liked here is liked everywhere. */
export const statusKey = (id: string) => ['status', id] as const;

/** Files posts, those that are reposted among them, and returns their ids in order. */
export function rememberStatuses(statuses: readonly Status[]): string[] {
  for (const status of statuses) rememberStatus(status);
  return statuses.map(({ id }) => id);
}

export function rememberStatus(status: Status): void {
  queryClient.setQueryData(statusKey(status.id), status);
  rememberAccount(status.account);
  if (status.reblog) rememberStatus(status.reblog);
}

/** The post as it is known now; undefined when it is known no more (deleted, or never seen). */
export function knownStatus(id: string): Status | undefined {
  return queryClient.getQueryData<Status>(statusKey(id));
}

/** Changes what is known of a post, in every list that names it. */
export function changeStatus(id: string, change: (status: Status) => Status): void {
  queryClient.setQueryData<Status>(statusKey(id), (status) => status && change(status));
}

/** A post by its id: from the cache, else from the server. */
export function useStatus(id: string) {
  return useQuery({ queryKey: statusKey(id), queryFn: () => fetchStatus(id), staleTime: Number.POSITIVE_INFINITY });
}

async function fetchStatus(id: string): Promise<Status> {
  const status = (await answered(api.GET('/api/v1/statuses/{id}', { params: { path: { id } } }))) as Status;
  if (status.reblog) rememberStatus(status.reblog);
  return status;
}
