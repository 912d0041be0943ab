import { t } from '../i18n/translate.ts';
import styles from './composer.module.css';
import type { ChangeDraft } from './composer-form.tsx';
import type { Draft } from './draft.ts';
import { Fault } from './fault.tsx';
import { MediaCard } from './media-card.tsx';

interface MediaListProps {
  readonly draft: Draft;
  readonly change: ChangeDraft;
  readonly fault: string | undefined;
}

/** The files of the post, in the order in which they are shown. */
export function MediaList({ draft, change, fault }: MediaListProps) {
  const { slot, media } = draft;
  const move = (from: number, to: number) => {
    const moved = media.toSpliced(from, 1);
    change({ media: moved.toSpliced(to, 0, media[from]!) });
  };
  return (
    <>
      {media.length > 0 && (
        <ul className={styles.media} aria-label={t('composer.files')}>
          {media.map((one, index) => (
            <MediaCard
              key={one.key}
              slot={slot}
              media={one}
              onEarlier={index > 0 ? () => move(index, index - 1) : undefined}
              onLater={index < media.length - 1 ? () => move(index, index + 1) : undefined}
            />
          ))}
        </ul>
      )}
      <Fault text={fault} />
    </>
  );
}
