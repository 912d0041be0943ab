import { useId } from 'react';
import type { Status } from '../api/types.ts';
import { t } from '../i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import styles from './body.module.css';
import { HtmlContent } from './content.tsx';
import { PostMedia } from './media.tsx';
import { PostPoll } from './poll.tsx';
import { useReader } from './reader.ts';
import { isLong, isOnlyEmoji } from './text-shape.ts';
import { useUnfolded } from './unfolded.ts';

interface BodyProps {
  readonly status: Status;
  /** Whether the screen is about this post: then nothing of it is cut. */
  readonly whole: boolean;
}

/** What a post says. Behind a content warning it is shown when it is asked for. */
export function PostBody({ status, whole }: BodyProps) {
  const warned = status.spoiler_text !== '';
  const [open, setOpen] = useUnfolded(status.id, 'warning', useReader().warnings);
  const shown = open || !warned;
  const id = useId();
  return (
    <>
      {warned && (
        <div className={styles.warning}>
          <span className="visually-hidden">{t('post.warned')}: </span>
          <span className={styles.warningText} dir="auto">
            {status.spoiler_text}
          </span>
          <Button small aria-expanded={open} aria-controls={id} data-act="unfold" onClick={() => setOpen(!open)}>
            {t(open ? 'post.showLess' : 'post.showMore')}
          </Button>
        </div>
      )}
      <div id={id} hidden={!shown}>
        {shown && (
          <>
            <PostText status={status} whole={whole} />
            {status.poll && <PostPoll statusId={status.id} poll={status.poll} />}
            <PostMedia status={status} asked={warned} />
          </>
        )}
      </div>
    </>
  );
}

function PostText({ status, whole }: BodyProps) {
  const { id, content, language, mentions } = status;
  const [open, setOpen] = useUnfolded(id, 'length', false);
  if (content === '') return null;
  const long = !whole && isLong(content);
  const looks = [styles.text, long && !open && styles.cut, isOnlyEmoji(content) && styles.emoji];
  return (
    <>
      <div className={looks.filter(Boolean).join(' ')} lang={language ?? undefined} dir="auto">
        <HtmlContent html={content} mentions={mentions} />
      </div>
      {long && (
        <button type="button" className={styles.more} aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'post.less' : 'post.wholeText')}
        </button>
      )}
    </>
  );
}
