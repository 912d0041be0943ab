import { lazy, Suspense, useState } from 'react';
import type { MediaAttachment, Status } from '../api/types.ts';
import { t, withTexts } from '../i18n/translate.ts';
import { coversMedia, useReading } from './filtering.ts';
import styles from './media.module.css';
import { Picture } from './picture.tsx';
import { useReader } from './reader.ts';
import { useUnfolded } from './unfolded.ts';

const Viewer = lazy(withTexts('reading', () => import('./viewer/viewer.tsx')));

interface PostMediaProps {
  readonly status: Status;
  /** Whether somebody has opened what stands before it: they know what it is about. */
  readonly asked: boolean;
}

/** The pictures, films and sounds of a post. What may disturb is shown when it is asked for. */
export function PostMedia({ status, asked }: PostMediaProps) {
  const { media: wish } = useReader();
  const filtered = coversMedia(status, useReading());
  const delicate = (status.sensitive && !asked && wish !== 'show_all') || filtered;
  const [revealed, setRevealed] = useUnfolded(status.id, 'media', !delicate && wish !== 'hide_all');
  const [viewed, setViewed] = useState<string>();
  const media = status.media_attachments;
  if (media.length === 0) return null;
  if (!revealed) {
    return (
      <button type="button" className={styles.cover} onClick={() => setRevealed(true)}>
        <strong>{t(delicate ? 'post.sensitive' : 'post.coveredMedia', { n: media.length })}</strong>
        <span>{t('post.showMedia')}</span>
      </button>
    );
  }
  const pictures = media.filter(({ type }) => type === 'image');
  return (
    <>
      <div className={`${styles.grid} ${styles[`of${Math.min(media.length, 4)}`]}`}>
        {media.map((one) => (
          <Attachment key={one.id} media={one} single={media.length === 1} onOpen={() => setViewed(one.id)} />
        ))}
      </div>
      {viewed !== undefined && (
        <Suspense>
          <Viewer pictures={pictures} first={viewed} onClose={() => setViewed(undefined)} />
        </Suspense>
      )}
    </>
  );
}

interface AttachmentProps {
  readonly media: MediaAttachment;
  readonly single: boolean;
  readonly onOpen: () => void;
}

function Attachment({ media, single, onOpen }: AttachmentProps) {
  const label = media.description ?? '';
  if (media.type === 'audio') {
    return (
      // biome-ignore lint/a11y/useMediaCaption: people describe what they upload, and have no tracks for it
      <audio className={styles.audio} src={media.url} controls preload="none" aria-label={label || t('post.audio')} />
    );
  }
  if (media.type === 'video' || media.type === 'gifv') {
    return (
      // biome-ignore lint/a11y/useMediaCaption: people describe what they upload, and have no tracks for it
      <video
        className={styles.picture}
        style={single ? shapeOf(media) : {}}
        src={media.url}
        poster={media.preview_url ?? undefined}
        controls
        preload="metadata"
        aria-label={label || t('post.video')}
      />
    );
  }
  return <Picture media={media} style={single ? shapeOf(media) : {}} onOpen={onOpen} />;
}

/** What stands alone has its own shape from the start; very high ones are cut. */
function shapeOf({ meta: { small, original } }: MediaAttachment): { readonly aspectRatio?: string } {
  const size = small ?? original;
  return size ? { aspectRatio: `${Math.max(size.width / size.height, 0.75)}` } : {};
}
