import { ArrowDown, ArrowUp, Crosshair, Film, Music, RotateCw, X } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { LIMITS } from '#policies/limits/limits.ts';
import { t } from '../i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import round from '../ui/round-button.module.css';
import { changeMedia } from './current-drafts.ts';
import type { DraftMedia } from './draft.ts';
import { FocalPoint } from './focal-point.tsx';
import styles from './media-card.module.css';
import { removeMedia, retryUpload } from './upload.ts';

interface MediaCardProps {
  readonly slot: string;
  readonly media: DraftMedia;
  readonly onEarlier: (() => void) | undefined;
  readonly onLater: (() => void) | undefined;
}

/** A file: how far its upload is, what it shows, and where it stands. */
export function MediaCard({ slot, media, onEarlier, onLater }: MediaCardProps) {
  const id = useId();
  const [focusing, setFocusing] = useState(false);
  const { key, state, name, type, previewUrl, description } = media;
  return (
    <li className={styles.card}>
      <div className={styles.row}>
        <Preview media={media} />
        <div className={styles.words}>
          <label className={styles.label} htmlFor={id}>
            {t('composer.describe')}
          </label>
          <textarea
            id={id}
            className={styles.description}
            value={description}
            rows={2}
            dir="auto"
            maxLength={LIMITS.mediaDescriptionCharacters}
            placeholder={t('composer.describeHint')}
            onChange={(event) => changeMedia(slot, key, { description: event.target.value })}
          />
        </div>
      </div>
      {state === 'uploading' && <Progress media={media} />}
      {state === 'failed' && (
        <p className={styles.problem} role="alert">
          {t('composer.uploadFailed', { name })} {media.problem}
        </p>
      )}
      {focusing && previewUrl !== null && (
        <FocalPoint url={previewUrl} focus={media.focus} onChange={(focus) => changeMedia(slot, key, { focus })} />
      )}
      <div className={styles.actions}>
        {state === 'failed' && (
          <Button small onClick={() => retryUpload(slot, key)}>
            <RotateCw aria-hidden="true" size={16} />
            {t('common.retry')}
          </Button>
        )}
        {state === 'ready' && type === 'image' && (
          <Button small kind="quiet" aria-expanded={focusing} onClick={() => setFocusing(!focusing)}>
            <Crosshair aria-hidden="true" size={16} />
            {t('composer.focus')}
          </Button>
        )}
        <span className={styles.space} />
        <IconButton label={t('composer.earlier')} onPress={onEarlier}>
          <ArrowUp aria-hidden="true" size={18} />
        </IconButton>
        <IconButton label={t('composer.later')} onPress={onLater}>
          <ArrowDown aria-hidden="true" size={18} />
        </IconButton>
        <IconButton
          label={t(state === 'uploading' ? 'composer.cancelUpload' : 'composer.removeFile')}
          onPress={() => removeMedia(slot, media)}
        >
          <X aria-hidden="true" size={18} />
        </IconButton>
      </div>
    </li>
  );
}

function Preview({ media: { previewUrl, type, description, focus } }: { readonly media: DraftMedia }) {
  const Icon = type === 'audio' ? Music : Film;
  if (previewUrl === null) {
    return <span className={styles.preview}>{type !== 'image' && <Icon aria-hidden="true" />}</span>;
  }
  const position = `${50 + focus.x * 50}% ${50 - focus.y * 50}%`;
  return <img className={styles.preview} src={previewUrl} alt={description} style={{ objectPosition: position }} />;
}

function Progress({ media: { name, progress } }: { readonly media: DraftMedia }) {
  const done = progress >= 1;
  return (
    <div className={styles.progress}>
      <progress max={1} value={done ? undefined : progress} aria-label={t('composer.uploading', { name })} />
      <span>{done ? t('composer.processing') : t('composer.uploading', { name })}</span>
    </div>
  );
}

interface IconButtonProps {
  readonly label: string;
  readonly onPress: (() => void) | undefined;
  readonly children: ReactNode;
}

/** Nothing to press at the ends of the list. */
function IconButton({ label, onPress, children }: IconButtonProps) {
  if (onPress === undefined) return null;
  return (
    <button
      type="button"
      className={`${round.round} ${styles.icon}`}
      aria-label={label}
      title={label}
      onClick={onPress}
    >
      {children}
    </button>
  );
}
