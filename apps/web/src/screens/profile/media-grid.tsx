import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { WindowVirtualizer } from 'virtua';
import { accountTimeline, timelineQuery } from '../../api/timelines.ts';
import type { Account } from '../../api/types.ts';
import { t } from '../../i18n/translate.ts';
import { nameOf } from '../../people/name.ts';
import { ReadingIn } from '../../posts/filtering.ts';
import { usePlainList } from '../../timeline/use-plain-list.ts';
import { Empty } from '../../ui/empty.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Further } from '../../ui/further.tsx';
import { LoadingMore } from '../../ui/loading.tsx';
import { rowsOf } from './cells.ts';
import { MediaCell } from './media-cell.tsx';
import styles from './media-grid.module.css';

/** So many rows before the end the next page is fetched. */
const AHEAD = 4;
const USUAL_HEIGHT = 200;

/** What somebody has posted to be seen or heard: small, beside each other, each leading to its post. Only rows near the window are drawn. */
export function MediaGrid({ account }: { readonly account: Account }) {
  const source = useMemo(() => accountTimeline(account.id, 'media'), [account.id]);
  const name = source.key.join(' ');
  const query = useInfiniteQuery(timelineQuery(source, null));
  const rows = useMemo(() => rowsOf([...new Set(query.data?.pages.flatMap(({ items }) => items))]), [query.data]);
  const { list, sizes, drawn, further, readOn } = usePlainList(name, rows.length, AHEAD, query);

  if (query.isPending) return <LoadingMore />;
  if (!drawn && query.isError) return <FailureNotice error={query.error} onRetry={() => void query.refetch()} />;
  if (!drawn && !query.hasNextPage) {
    return (
      <Empty>
        <p>{t('profile.noMedia', { name: nameOf(account) })}</p>
      </Empty>
    );
  }
  return (
    <ReadingIn value={source.reading}>
      <section aria-label={t('profile.mediaOf', { name: nameOf(account) })} aria-busy={query.isFetching}>
        <WindowVirtualizer
          ref={list}
          bufferSize={600}
          itemSize={USUAL_HEIGHT}
          onScroll={readOn}
          {...(sizes && { cache: sizes })}
        >
          {rows.map((cells) => (
            <div key={`${cells[0]!.postId} ${cells[0]!.mediaId}`} className={styles.row}>
              {cells.map(({ postId, mediaId }) => (
                <MediaCell key={`${postId} ${mediaId}`} postId={postId} mediaId={mediaId} />
              ))}
            </div>
          ))}
        </WindowVirtualizer>
      </section>
      {drawn && query.isError && <FailureNotice error={query.error} onRetry={() => void query.fetchNextPage()} />}
      {query.isFetchingNextPage && <LoadingMore />}
      {further && <Further onPress={() => void query.fetchNextPage()} />}
    </ReadingIn>
  );
}
