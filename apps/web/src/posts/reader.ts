import { queryOptions, useQuery } from '@tanstack/react-query';
import type { components } from '../../generated/api.ts';
import { answered, api } from '../api/client.ts';
import { boot } from '../app/boot.ts';

type Preferences = components['schemas']['Preferences'];

/** They are kept, so that posts are drawn right before the server has said them again. */
const KEY = 'plaza-reader';

/** How somebody wants to read and write, as the server keeps it for all of their apps. */
export const preferencesQuery = queryOptions({
  queryKey: ['preferences'],
  queryFn: async ({ signal }) => {
    const preferences = await answered(api.GET('/api/v1/preferences', { signal }));
    localStorage.setItem(KEY, JSON.stringify(preferences));
    return preferences;
  },
  initialData: kept,
  initialDataUpdatedAt: 0,
  staleTime: 10 * 60_000,
  enabled: boot.account !== null,
});

/** What of a post is open without being asked for. */
export function useReader(): { readonly warnings: boolean; readonly media: Preferences['reading:expand:media'] } {
  const { data } = useQuery(preferencesQuery);
  return { warnings: data?.['reading:expand:spoilers'] ?? false, media: data?.['reading:expand:media'] ?? 'default' };
}

function kept(): Preferences | undefined {
  try {
    return (JSON.parse(localStorage.getItem(KEY) ?? 'null') as Preferences | null) ?? undefined;
  } catch {
    return undefined;
  }
}
