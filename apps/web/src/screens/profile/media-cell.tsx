import { AudioLines, EyeOff, Play } from 'lucide-react';
import { Link } from 'wouter';
import { useStatus } from '../../api/statuses.ts';
import type { MediaAttachment } from '../../api/types.ts';
import { t } from '../../i18n/translate.ts';
import { useCover } from '../../posts/cover.ts';
import { pathOfPost } from '../../posts/paths.ts';
import type { Cell } from './cells.ts';
import styles from './media-grid.module.css';

const KINDS = { image: 'post.picture', gifv: 'post.video', video: 'post.video', audio: 'post.audio' } as const;

/** One of them. What its post covers is covered here as well. */
export function MediaCell({ postId, mediaId }: Cell) {
  const { data: status } = useStatus(postId);
  const covered = useCover(status);
  const media = status?.media_attachments.find(({ id }) => id === mediaId);
  if (status === undefined || media === undefined) return null;
  return (
    <Link href={pathOfPost(status)} className={styles.cell}>
      {covered === undefined ? (
        <Seen media={media} />
      ) : (
        <span className={styles.words}>
          <EyeOff aria-hidden="true" size={22} />
          <span dir="auto">{covered}</span>
        </span>
      )}
    </Link>
  );
}

function Seen({ media }: { readonly media: MediaAttachment }) {
  const { type, preview_url: preview, description } = media;
  const kind = t(KINDS[type as keyof typeof KINDS] ?? 'post.picture');
  const Mark = type === 'audio' ? AudioLines : Play;
  return (
    <>
      <span className="visually-hidden">{kind} </span>
      {type === 'image' || preview ? (
        <img
          className={styles.image}
          src={preview ?? media.url}
          alt={description || t('post.noAlt')}
          loading="lazy"
          decoding="async"
        />
      ) : (
        <span className={styles.words}>{description || t('post.noAlt')}</span>
      )}
      {type !== 'image' && (
        <span className={styles.mark}>
          <Mark aria-hidden="true" size={18} />
        </span>
      )}
    </>
  );
}
