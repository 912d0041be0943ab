import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { WindowVirtualizer } from 'virtua';
import { type PeopleSource, peopleQuery } from '../api/people.ts';
import { usePlainList } from '../timeline/use-plain-list.ts';
import { Empty } from '../ui/empty.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Further } from '../ui/further.tsx';
import { LoadingMore } from '../ui/loading.tsx';
import { LoadingPeople } from './loading-people.tsx';
import { PersonRow } from './person-row.tsx';

/** So many people before the end the next page is fetched. */
const AHEAD = 10;
const USUAL_HEIGHT = 89;

interface PeopleListProps {
  readonly source: PeopleSource;
  readonly empty: ReactNode;
  readonly row?: (id: string) => ReactNode;
}

/** An endless list of people. Only those near the window are drawn. */
export function PeopleList(props: PeopleListProps) {
  return <List key={props.source.key.join(' ')} {...props} />;
}

function List({ source, empty, row = (id) => <PersonRow key={id} id={id} /> }: PeopleListProps) {
  const name = `people ${source.key.join(' ')}`;
  const query = useInfiniteQuery(peopleQuery(source));
  const ids = useMemo(() => [...new Set(query.data?.pages.flatMap(({ items }) => items))], [query.data]);
  const { list, sizes, drawn, further, readOn } = usePlainList(name, ids.length, AHEAD, query);

  if (query.isPending) return <LoadingPeople />;
  if (!drawn) {
    if (query.isError) return <FailureNotice error={query.error} onRetry={() => void query.refetch()} />;
    if (query.hasNextPage) return <Further onPress={() => void query.fetchNextPage()} />;
    return <Empty>{empty}</Empty>;
  }
  return (
    <>
      <WindowVirtualizer
        ref={list}
        as="ul"
        item="li"
        bufferSize={600}
        itemSize={USUAL_HEIGHT}
        onScroll={readOn}
        {...(sizes && { cache: sizes })}
      >
        {ids.map(row)}
      </WindowVirtualizer>
      {query.isError && <FailureNotice error={query.error} onRetry={() => void query.fetchNextPage()} />}
      {query.isFetchingNextPage && <LoadingMore />}
      {further && <Further onPress={() => void query.fetchNextPage()} />}
    </>
  );
}
