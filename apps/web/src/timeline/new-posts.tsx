import { useQuery } from '@tanstack/react-query';
import { MOST_NEWER, newerThan, prependToTimeline, restartTimeline, type TimelineSource } from '../api/timelines.ts';
import { t } from '../i18n/translate.ts';
import styles from './timeline.module.css';

const LOOK_EVERY_MS = 30_000;

interface NewPostsProps {
  readonly source: TimelineSource;
  readonly first: string;
  /** They are going to stand at the top of the list. */
  readonly onShow: () => void;
}

/** Says how many posts came since, and shows them when it is asked for: nothing moves below a reader. */
export function NewPosts({ source, first, onShow }: NewPostsProps) {
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
    onShow();
    if (n < MOST_NEWER) prependToTimeline(source, newer);
    else void restartTimeline(source);
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
