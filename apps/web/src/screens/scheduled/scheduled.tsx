import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { type Page, pageOf } from '../../api/paging.ts';
import type { ScheduledStatus } from '../../api/types.ts';
import { openComposer } from '../../composer/open.ts';
import { t } from '../../i18n/translate.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { LoadingPosts } from '../../ui/loading.tsx';
import { Screen } from '../../ui/screen.tsx';
import styles from './scheduled.module.css';
import { ScheduledRow } from './scheduled-row.tsx';

const PAGE_SIZE = 20;

/** Posts that wait for their time. */
export default function Scheduled() {
  const query = useInfiniteQuery({
    queryKey: ['scheduled'],
    queryFn: ({ pageParam, signal }): Promise<Page<ScheduledStatus>> => {
      const range = pageParam === null ? {} : { max_id: pageParam };
      const call = api.GET('/api/v1/scheduled_statuses', { params: { query: { limit: PAGE_SIZE, ...range } }, signal });
      return pageOf(call) as Promise<Page<ScheduledStatus>>;
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }: Page<ScheduledStatus>) => next,
    // What was published meanwhile is not to be seen here.
    staleTime: 0,
  });
  const waiting = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const failed = query.isError && <FailureNotice error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Screen title={t('scheduled.title')} back>
      {query.isPending && <LoadingPosts count={2} />}
      {failed}
      <ul>
        {waiting.map((one) => (
          <ScheduledRow key={one.id} scheduled={one} />
        ))}
      </ul>
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('timeline.more')}
          </Button>
        </div>
      )}
      {query.isSuccess && waiting.length === 0 && (
        <Empty>
          <p>{t('scheduled.empty')}</p>
          <Button kind="primary" onClick={() => openComposer()}>
            {t('drafts.write')}
          </Button>
        </Empty>
      )}
    </Screen>
  );
}
