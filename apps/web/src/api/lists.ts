import { queryOptions, useQuery } from '@tanstack/react-query';
import { answered, api } from './client.ts';
import { changePeople, forgetPeople, membersOf } from './people.ts';
import { queryClient } from './query-client.ts';
import { forgetShortTimeline, listTimeline } from './timelines.ts';
import type { List } from './types.ts';

export type ListDraft = Omit<List, 'id'>;

export const listsQuery = queryOptions({
  queryKey: ['lists'],
  queryFn: () => answered(api.GET('/api/v1/lists')),
});

/** Which lists somebody is on. */
export const listsWithQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['lists-with', accountId],
    queryFn: async () => {
      const path = { params: { path: { id: accountId } } };
      return (await answered(api.GET('/api/v1/accounts/{id}/lists', path))).map(({ id }) => id);
    },
  });

export async function createList(body: ListDraft): Promise<List> {
  const list = await answered(api.POST('/api/v1/lists', { body }));
  putList(list);
  return list;
}

export async function changeList(id: string, body: ListDraft): Promise<List> {
  const list = await answered(api.PUT('/api/v1/lists/{id}', { params: { path: { id } }, body }));
  putList(list);
  return list;
}

export async function deleteList(id: string): Promise<void> {
  await answered(api.DELETE('/api/v1/lists/{id}', { params: { path: { id } } }));
  queryClient.setQueryData(listsQuery.queryKey, (lists) => lists?.filter((list) => list.id !== id));
  queryClient.removeQueries({ queryKey: ['timeline', ...listTimeline(id).key] });
}

/** Who was put on a list here, or taken off, since its members were read. */
type Turns = Readonly<Record<string, boolean>>;

const turnsKey = (listId: string) => ['list-turns', listId] as const;

/** Whether somebody is on a list, as far as it was changed here. */
export function useListTurns(listId: string): Turns {
  const { data = {} } = useQuery<Turns>({
    queryKey: turnsKey(listId),
    queryFn: () => ({}),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data;
}

/** Puts somebody on a list, or takes somebody off: shown at once, taken back when the server refuses. */
export async function setMember(listId: string, accountId: string, on: boolean): Promise<void> {
  showMember(listId, accountId, on);
  const path = { id: listId };
  try {
    if (on) await api.POST('/api/v1/lists/{id}/accounts', { params: { path }, body: { account_ids: [accountId] } });
    else {
      await api.DELETE('/api/v1/lists/{id}/accounts', { params: { path, query: { 'account_ids[]': [accountId] } } });
    }
  } catch (error) {
    showMember(listId, accountId, !on);
    throw error;
  }
  forgetPeople(membersOf(listId));
  forgetShortTimeline(listTimeline(listId));
}

/** Who is taken off stays in sight while the list is shown, to be put on again. */
function showMember(listId: string, accountId: string, on: boolean): void {
  if (on) changePeople(membersOf(listId), { add: accountId });
  queryClient.setQueryData<Turns>(turnsKey(listId), (turns) => ({ ...turns, [accountId]: on }));
  queryClient.setQueryData(listsWithQuery(accountId).queryKey, (ids) => {
    const others = ids?.filter((id) => id !== listId);
    return on ? others && [...others, listId] : others;
  });
}

function putList(list: List): void {
  queryClient.setQueryData(listsQuery.queryKey, (lists = []) => {
    const known = lists.some(({ id }) => id === list.id);
    return known ? lists.map((one) => (one.id === list.id ? list : one)) : [...lists, list];
  });
}
