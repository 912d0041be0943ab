import { useState } from 'react';
import type { MediaAttachment, Status } from '../api/types.ts';
import { t } from '../i18n/translate.ts';
import styles from './media.module.css';

/** The pictures, films and sounds of a post. Sensitive ones are shown when they are asked for. */
export function PostMedia({
  status,
  onOpen,
}: {
  readonly status: Status;
  readonly onOpen?: ((index: number) => void) | undefined;
}) {
  const [revealed, setRevealed] = useState(!status.sensitive);
  const media = status.media_attachments;
  if (media.length === 0) return null;
  if (!revealed) {
    return (
      <button type="button" className={styles.cover} onClick={() => setRevealed(true)}>
        <strong>{t('post.sensitive')}</strong>
        <span>{t('post.showMedia')}</span>
      </button>
    );
  }
  return (
    <div className={`${styles.grid} ${styles[`of${Math.min(media.length, 4)}`]}`}>
      {media.map((one, index) => (
        <Attachment key={one.id} media={one} single={media.length === 1} onOpen={onOpen && (() => onOpen(index))} />
      ))}
    </div>
  );
}

interface AttachmentProps {
  readonly media: MediaAttachment;
  readonly single: boolean;
  readonly onOpen: (() => void) | undefined;
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
        src={media.url}
        controls
        preload="metadata"
        aria-label={label || t('post.video')}
      />
    );
  }
  return <Picture media={media} single={single} onOpen={onOpen} />;
}

function Picture({ media, single, onOpen }: AttachmentProps) {
  const { small, original } = media.meta;
  const size = small ?? original;
  const image = (
    <img
      className={styles.image}
      src={media.preview_url ?? media.url}
      alt={media.description ?? ''}
      width={size?.width}
      height={size?.height}
      loading="lazy"
      decoding="async"
    />
  );
  const shape = single && size ? { aspectRatio: `${Math.max(size.width / size.height, 0.75)}` } : {};
  const name = media.description
    ? `${t('post.picture')}: ${media.description}`
    : `${t('post.picture')}. ${t('post.noAlt')}`;
  return (
    <a
      className={styles.picture}
      style={shape}
      href={media.url}
      aria-label={name}
      onClick={(event) => {
        if (onOpen === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        onOpen();
      }}
    >
      {image}
      {media.description && <span className={styles.alt} aria-hidden="true" />}
    </a>
  );
}
