import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { rememberAccounts } from '../../api/accounts.ts';
import { answered, api } from '../../api/client.ts';
import { membersOf, peopleQuery } from '../../api/people.ts';
import { t } from '../../i18n/translate.ts';
import { LoadingPeople } from '../../people/loading-people.tsx';
import { Empty } from '../../ui/empty.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';

const MOST = 40;

interface FollowedSearchProps {
  readonly listId: string;
  readonly text: string;
  readonly row: (id: string, member: boolean) => ReactNode;
}

/** People whom one follows, by handle or name. */
export function FollowedSearch({ listId, text, row }: FollowedSearchProps) {
  const {
    data: ids,
    error,
    refetch,
  } = useQuery({
    queryKey: ['followed-search', text],
    queryFn: async ({ signal }) => {
      const query = { q: text, following: true, limit: MOST };
      return rememberAccounts(await answered(api.GET('/api/v1/accounts/search', { params: { query }, signal })));
    },
  });
  const members = useAllMembers(listId);
  if (ids === undefined || members === undefined) {
    return error ? <FailureNotice error={error} onRetry={() => void refetch()} /> : <LoadingPeople />;
  }
  if (ids.length === 0) return <Empty>{t('lists.nobodyFound')}</Empty>;
  return (
    <ul>
      {ids.map((id) => (
        <li key={id}>{row(id, members.has(id))}</li>
      ))}
    </ul>
  );
}

/** Whoever is on the list, to its end: it is bounded. Undefined until all are known. */
function useAllMembers(listId: string): ReadonlySet<string> | undefined {
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = useInfiniteQuery(peopleQuery(membersOf(listId)));
  const readOn = hasNextPage && !isFetching && !isError;
  useEffect(() => {
    if (readOn) void fetchNextPage();
  }, [readOn, fetchNextPage]);
  if (data === undefined || hasNextPage) return undefined;
  return new Set(data.pages.flatMap(({ items }) => items));
}
