import { useId, useState } from 'react';
import type { Status } from '../api/types.ts';
import { t } from '../i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import styles from './body.module.css';
import { HtmlContent } from './content.tsx';
import { PostMedia } from './media.tsx';
import { PostPoll } from './poll.tsx';

/** What a post says. Behind a content warning it is shown when it is asked for. */
export function PostBody({ status }: { readonly status: Status }) {
  const warned = status.spoiler_text !== '';
  const [open, setOpen] = useState(!warned);
  const id = useId();
  return (
    <>
      {warned && (
        <div className={styles.warning}>
          <span className="visually-hidden">{t('post.warned')}: </span>
          <bdi>{status.spoiler_text}</bdi>
          <Button small aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
            {t(open ? 'post.showLess' : 'post.showMore')}
          </Button>
        </div>
      )}
      <div id={id} hidden={!open}>
        {open && (
          <>
            <div className={styles.text} lang={status.language ?? undefined} dir="auto">
              <HtmlContent html={status.content} mentions={status.mentions} />
            </div>
            {status.poll && <PostPoll statusId={status.id} poll={status.poll} />}
            <PostMedia status={status} />
          </>
        )}
      </div>
    </>
  );
}
