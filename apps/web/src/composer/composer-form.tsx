import { type ClipboardEvent, type DragEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { Status } from '../api/types.ts';
import { boot } from '../app/boot.ts';
import { t } from '../i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import { AnsweredPost } from './answered-post.tsx';
import { Choices } from './choices.tsx';
import styles from './composer.module.css';
import { postLength } from './count.ts';
import { changeDraft, dropDraft, useDraft } from './current-drafts.ts';
import { type Draft, isBlank } from './draft.ts';
import { Fault } from './fault.tsx';
import { localDateTime } from './local-date-time.ts';
import { MediaList } from './media-list.tsx';
import { closeAsked } from './open.ts';
import { PollEditor } from './poll-editor.tsx';
import { ScheduleField } from './schedule-field.tsx';
import { TextField } from './text-field.tsx';
import { Toolbar } from './toolbar.tsx';
import { addFiles } from './upload.ts';
import { usePosting } from './use-posting.ts';
import { WarningField } from './warning-field.tsx';

interface ComposerFormProps {
  readonly begun: Draft;
  readonly replyTo?: Status | undefined;
  readonly failure?: unknown;
}

export type ChangeDraft = (change: Partial<Draft>) => void;

export function ComposerForm({ begun, replyTo, failure }: ComposerFormProps) {
  const { slot } = begun;
  const draft = useDraft(slot) ?? begun;
  const { faults, busy, post, save } = usePosting(draft, failure);
  const change: ChangeDraft = (changed) => changeDraft(slot, (before) => ({ ...before, ...changed }));
  const [scheduling, setScheduling] = useState(draft.scheduledAt !== '');
  const files = useIncomingFiles(slot);
  const left = boot.instance.max_characters - postLength(draft.text, draft.warned ? draft.warning : '');
  const countId = useId();
  const formId = useId();
  useWarningBeforeLoss(draft);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.defaultPrevented) {
      event.preventDefault();
      post();
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the whole of it takes files that are dropped, and the keys of its fields
    <div className={`${styles.form} ${files.over ? styles.over : ''}`} onKeyDown={onKeyDown} {...files.handlers}>
      <div className={styles.body}>
        {draft.replyToId !== null && <AnsweredPost id={draft.replyToId} known={replyTo} />}
        <form
          id={formId}
          className={styles.fields}
          onSubmit={(event) => {
            event.preventDefault();
            post();
          }}
        >
          {draft.warned && <WarningField draft={draft} change={change} />}
          <TextField draft={draft} change={change} fault={faults.text} describedBy={countId} />
          <MediaList draft={draft} change={change} fault={faults.media} />
          {draft.poll !== null && <PollEditor poll={draft.poll} change={change} fault={faults.poll} />}
          {scheduling && <ScheduleField draft={draft} change={change} fault={faults.scheduledAt} />}
          <Choices draft={draft} change={change} />
        </form>
      </div>
      <footer className={styles.foot}>
        <Fault text={faults.general} />
        <Toolbar
          draft={draft}
          change={change}
          scheduling={scheduling}
          onSchedule={(on) => {
            setScheduling(on);
            change({ scheduledAt: on ? localDateTime(Date.now() + HOUR_MS) : '' });
          }}
        />
        <Count id={countId} left={left} />
        <div className={styles.send}>
          {draft.editId === null && !isBlank(draft) && (
            <>
              <Button kind="quiet" small className={styles.beside ?? ''} onClick={() => discard(draft)}>
                {t('composer.discard')}
              </Button>
              <Button kind="quiet" small className={styles.beside ?? ''} busy={busy} onClick={() => void save()}>
                {t('composer.save')}
              </Button>
            </>
          )}
          <Button type="submit" form={formId} kind="primary" busy={busy}>
            {t(sendLabel(draft))}
          </Button>
        </div>
      </footer>
    </div>
  );
}

function sendLabel({ editId, scheduledAt, replyToId }: Draft) {
  if (editId !== null) return 'common.save';
  if (scheduledAt !== '') return 'composer.schedule';
  return replyToId === null ? 'nav.post' : 'post.reply';
}

function discard({ slot }: Draft): void {
  dropDraft(slot);
  closeAsked();
}

const HOUR_MS = 3_600_000;
const FEW_LEFT = 20;

/** How many characters are left; read out only when few are. */
function Count({ id, left }: { readonly id: string; readonly left: number }) {
  return (
    <span className={`${styles.count} ${left < 0 ? styles.tooMany : ''}`}>
      <span aria-hidden="true">{left}</span>
      <span id={id} className="visually-hidden">
        {t('composer.left', { n: left })}
      </span>
      <span className="visually-hidden" role="status">
        {left <= FEW_LEFT && t('composer.left', { n: left })}
      </span>
    </span>
  );
}

/** Files that are pasted, or dropped anywhere on the form. */
function useIncomingFiles(slot: string) {
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  const enter = (step: number) => (event: DragEvent) => {
    if (!hasFiles(event)) return;
    depth.current += step;
    setOver(depth.current > 0);
  };
  return {
    over,
    handlers: {
      onPaste: (event: ClipboardEvent) => {
        const { files } = event.clipboardData;
        if (files.length === 0) return;
        event.preventDefault();
        addFiles(slot, [...files]);
      },
      onDragEnter: enter(1),
      onDragLeave: enter(-1),
      onDragOver: (event: DragEvent) => hasFiles(event) && event.preventDefault(),
      onDrop: (event: DragEvent) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        addFiles(slot, [...event.dataTransfer.files]);
      },
    },
  };
}

/** Words are kept; files on their way are lost with the page, so the browser asks. */
function useWarningBeforeLoss({ media }: Draft): void {
  const uploading = media.some(({ state }) => state === 'uploading');
  useEffect(() => {
    if (!uploading) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [uploading]);
}
