import { queryOptions } from '@tanstack/react-query';
import type { components } from '../../generated/api.ts';
import { answered, api } from './client.ts';
import { queryClient } from './query-client.ts';
import { forgetTimelines } from './timelines.ts';
import type { Filter } from './types.ts';

export type FilterChange = components['schemas']['Body_postApiV2Filters'];

export const filtersQuery = queryOptions({
  queryKey: ['filters'],
  queryFn: ({ signal }) => answered(api.GET('/api/v2/filters', { signal })),
});

export async function createFilter(body: FilterChange): Promise<void> {
  put(await answered(api.POST('/api/v2/filters', { body })));
}

export async function changeFilter(id: string, body: FilterChange): Promise<void> {
  put(await answered(api.PUT('/api/v2/filters/{id}', { params: { path: { id } }, body })));
}

export async function deleteFilter(id: string): Promise<void> {
  await answered(api.DELETE('/api/v2/filters/{id}', { params: { path: { id } } }));
  queryClient.setQueryData(filtersQuery.queryKey, (filters) => filters?.filter((one) => one.id !== id));
  forgetTimelines();
}

function put(filter: Filter): void {
  queryClient.setQueryData(filtersQuery.queryKey, (filters = []) =>
    filters.some(({ id }) => id === filter.id)
      ? filters.map((one) => (one.id === filter.id ? filter : one))
      : [...filters, filter],
  );
  forgetTimelines();
}
