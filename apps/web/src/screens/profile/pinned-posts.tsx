import { useQuery } from '@tanstack/react-query';
import { Pin } from 'lucide-react';
import type { ReactNode } from 'react';
import { answered, api } from '../../api/client.ts';
import { rememberStatuses } from '../../api/statuses.ts';
import { pinnedKey } from '../../api/timelines.ts';
import type { Status } from '../../api/types.ts';
import { t } from '../../i18n/translate.ts';
import { Post } from '../../posts/post.tsx';
import styles from './profile.module.css';

interface PinnedPostsProps {
  readonly accountId: string;
  /** Shown until it is known whether there are any, so that nothing moves down under a reader. */
  readonly waiting: ReactNode;
  readonly children: ReactNode;
}

/** What somebody wants to be read first. A failure of these leaves the others to be read. */
export function PinnedPosts({ accountId: id, waiting, children }: PinnedPostsProps) {
  const { data: ids = [], isPending } = useQuery({
    queryKey: pinnedKey(id),
    queryFn: async () => {
      const call = api.GET('/api/v1/accounts/{id}/statuses', { params: { path: { id }, query: { pinned: true } } });
      return rememberStatuses((await answered(call)) as Status[]);
    },
    retry: false,
  });
  if (isPending) return waiting;
  return (
    <>
      {ids.length > 0 && (
        <section aria-label={t('profile.pinned')}>
          {ids.map((post) => (
            <div key={post} className={styles.pinned}>
              <p className={styles.pin}>
                <Pin aria-hidden="true" size={15} />
                {t('profile.pinned')}
              </p>
              <Post id={post} />
            </div>
          ))}
        </section>
      )}
      {children}
    </>
  );
}
