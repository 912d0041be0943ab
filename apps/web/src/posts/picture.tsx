import type { CSSProperties } from 'react';
import type { MediaAttachment } from '../api/types.ts';
import { t } from '../i18n/translate.ts';
import styles from './media.module.css';

interface PictureProps {
  readonly media: MediaAttachment;
  readonly style: CSSProperties;
  readonly onOpen: () => void;
}

/** A picture of a post, cut around its focal point. It opens in the viewer; as a link it can be opened elsewhere, too. */
export function Picture({ media, style, onOpen }: PictureProps) {
  const { small, original, focus } = media.meta;
  const size = small ?? original;
  return (
    <a
      className={styles.picture}
      style={style}
      href={media.url}
      aria-haspopup="dialog"
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        // Where the focus goes back to: some browsers give none to a link that was pressed.
        event.currentTarget.focus();
        onOpen();
      }}
    >
      <span className="visually-hidden">{t('post.picture')} </span>
      <img
        className={styles.image}
        style={focus ? { objectPosition: positionOf(focus) } : {}}
        src={media.preview_url ?? media.url}
        alt={media.description || t('post.noAlt')}
        width={size?.width}
        height={size?.height}
        loading="lazy"
        decoding="async"
      />
      {media.description && <span className={styles.alt} aria-hidden="true" />}
    </a>
  );
}

/** From −1 … 1, upwards, to a position in percent, downwards. */
function positionOf({ x, y }: { readonly x: number; readonly y: number }): string {
  return `${(x + 1) * 50}% ${(1 - y) * 50}%`;
}
