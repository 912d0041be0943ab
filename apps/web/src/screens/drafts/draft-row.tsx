import { Trash2 } from 'lucide-react';
import { Children, type ReactNode } from 'react';
import type { Draft } from '../../composer/draft.ts';
import { relativeTime } from '../../i18n/times.ts';
import { t } from '../../i18n/translate.ts';
import { Button } from '../../ui/button.tsx';
import styles from './drafts.module.css';

/** Drafts of one kind; nothing when there are none. */
export function DraftSection({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  if (Children.count(children) === 0) return null;
  return (
    <section>
      <h2 className={styles.heading}>{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

interface DraftRowProps {
  readonly draft: Draft;
  readonly atMs?: number;
  readonly verb?: string;
  readonly onOpen: () => void;
  readonly onDelete: () => void;
}

export function DraftRow({ draft, atMs, verb = t('drafts.open'), onOpen, onDelete }: DraftRowProps) {
  const text = draft.text.trim() || (draft.warned && draft.warning.trim()) || '';
  return (
    <li className={styles.row}>
      <p className={text === '' ? styles.noText : styles.text} dir="auto">
        {text === '' ? t('drafts.noText') : text}
      </p>
      <p className={styles.notes}>{notesOf(draft, atMs).join(' · ')}</p>
      <div className={styles.actions}>
        <Button small onClick={onOpen}>
          {verb}
        </Button>
        <Button small kind="quiet" onClick={onDelete}>
          <Trash2 aria-hidden="true" size={16} />
          {t('common.delete')}
        </Button>
      </div>
    </li>
  );
}

function notesOf({ editId, replyToId, media, poll }: Draft, atMs: number | undefined): string[] {
  return [
    ...(editId !== null ? [t('drafts.edit')] : replyToId !== null ? [t('drafts.reply')] : []),
    ...(media.length > 0 ? [t('drafts.files', { n: media.length })] : []),
    ...(poll !== null ? [t('drafts.poll')] : []),
    ...(atMs === undefined ? [] : [relativeTime(new Date(atMs).toISOString())]),
  ];
}
