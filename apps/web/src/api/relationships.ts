import { useQuery } from '@tanstack/react-query';
import { boot } from '../app/boot.ts';
import { batched } from './batch.ts';
import { answered, api } from './client.ts';
import { queryClient } from './query-client.ts';
import type { Relationship } from './types.ts';

const MOST_IDS = 80;

export const relationshipKey = (id: string) => ['relationship', id] as const;

/** A list of people asks for all that it shows in one request. */
const fetchRelationship = batched<Relationship>({
  most: MOST_IDS,
  fetch: (ids) => answered(api.GET('/api/v1/accounts/relationships', { params: { query: { 'id[]': [...ids] } } })),
  idOf: ({ id }) => id,
});

/** How one stands to somebody: undefined while it is not known, and where nobody is signed in or the person is oneself. */
export function useRelationship(id: string) {
  return useQuery({
    queryKey: relationshipKey(id),
    queryFn: () => fetchRelationship(id),
    enabled: boot.account !== null && boot.account.id !== id,
  });
}

export function rememberRelationship(relationship: Relationship): void {
  queryClient.setQueryData(relationshipKey(relationship.id), relationship);
}

export function knownRelationship(id: string): Relationship | undefined {
  return queryClient.getQueryData<Relationship>(relationshipKey(id));
}

export function changeRelationship(id: string, change: Partial<Relationship>): void {
  queryClient.setQueryData<Relationship>(relationshipKey(id), (known) => known && { ...known, ...change });
}
