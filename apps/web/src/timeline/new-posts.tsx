import { useQuery } from '@tanstack/react-query';
import { MOST_NEWER, newerThan, prependToTimeline, restartTimeline, type TimelineSource } from '../api/timelines.ts';
import { t } from '../i18n/translate.ts';
import styles from './timeline.module.css';

const LOOK_EVERY_MS = 30_000;

/** Says how many posts came since, and shows them when it is asked for: nothing moves below a reader. */
export function NewPosts({ source, first }: { readonly source: TimelineSource; readonly first: string }) {
  const { data: newer = [] } = useQuery({
    queryKey: ['newer', ...source.key, first],
    queryFn: ({ signal }) => newerThan(source, first, signal),
    initialData: [],
    initialDataUpdatedAt: () => Date.now(),
    refetchInterval: LOOK_EVERY_MS,
    refetchOnWindowFocus: true,
    staleTime: LOOK_EVERY_MS,
    retry: false,
  });
  const n = newer.length;
  const show = () => {
    if (n < MOST_NEWER) prependToTimeline(source, newer);
    else void restartTimeline(source);
    requestAnimationFrame(() => scrollTo({ top: 0, behavior: 'smooth' }));
  };
  return (
    <div className={styles.newer} role="status">
      {n > 0 && (
        <button type="button" className={styles.pill} onClick={show}>
          {n < MOST_NEWER ? t('timeline.new', { n }) : t('timeline.newMany', { n })}
        </button>
      )}
    </div>
  );
}
