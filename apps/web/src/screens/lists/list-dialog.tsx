import { useRef, useState } from 'react';
import { changeList, createList, deleteList, type ListDraft } from '../../api/lists.ts';
import type { List } from '../../api/types.ts';
import { t } from '../../i18n/translate.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { DialogActions, ModalDialog } from '../../ui/dialog.tsx';
import { failureWords } from '../../ui/failure-notice.tsx';
import { Choice, Field } from '../../ui/field.tsx';
import form from '../../ui/form.module.css';
import { refusalWords } from '../../ui/refusal-words.ts';
import { toast } from '../../ui/toasts.tsx';
import styles from './lists.module.css';

interface ListDialogProps {
  /** Undefined: a new one. */
  readonly list: List | undefined;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

const POLICIES = ['list', 'followed', 'none'] as const;
const FRESH: ListDraft = { title: '', replies_policy: 'list', exclusive: false };

/** A list's name and how it works; what was typed stays when it cannot be saved. */
export default function ListDialog({ list, onClose, onDeleted }: ListDialogProps) {
  const [draft, setDraft] = useState<ListDraft>(list ?? FRESH);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const field = useRef<HTMLInputElement>(null);
  const [deleting, setDeleting] = useState(false);
  const save = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const { title, replies_policy, exclusive } = draft;
      const body = { title: title.trim(), replies_policy, exclusive };
      await (list === undefined ? createList(body) : changeList(list.id, body));
      onClose();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  const erase = async () => {
    try {
      await deleteList(list!.id);
      onDeleted?.();
    } catch (failure) {
      toast(failureWords(failure));
    }
  };
  if (deleting && list !== undefined) {
    return (
      <ConfirmDialog
        title={t('lists.deleteTitle', { title: list.title })}
        verb={t('common.delete')}
        onConfirm={erase}
        onClose={onClose}
      >
        {t('lists.deleteText')}
      </ConfirmDialog>
    );
  }
  const wrongTitle = refusalWords(error).title;
  return (
    <ModalDialog title={t(list === undefined ? 'lists.new' : 'lists.edit')} startAt={field} onClose={onClose}>
      <form
        className={`${form.form} ${form.inDialog}`}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field label={t('lists.name')} error={wrongTitle}>
          {(control) => (
            <input
              {...control}
              ref={field}
              value={draft.title}
              maxLength={200}
              required
              onChange={(event) => setDraft({ ...draft, title: event.target.value })}
            />
          )}
        </Field>
        <fieldset className={styles.policies}>
          <legend className={form.label}>{t('lists.replies')}</legend>
          {POLICIES.map((policy) => (
            <Choice
              key={policy}
              type="radio"
              name="replies"
              checked={draft.replies_policy === policy}
              onChange={() => setDraft({ ...draft, replies_policy: policy })}
            >
              {t(`lists.replies.${policy}`)}
            </Choice>
          ))}
        </fieldset>
        <Choice
          type="checkbox"
          checked={draft.exclusive}
          hint={t('lists.exclusiveHint')}
          onChange={(exclusive) => setDraft({ ...draft, exclusive })}
        >
          {t('lists.exclusive')}
        </Choice>
        {error !== undefined && wrongTitle === undefined && (
          <p className={form.wrong} role="alert">
            {failureWords(error)}
          </p>
        )}
        <DialogActions>
          {list !== undefined && (
            <Button kind="danger" className={styles.delete ?? ''} onClick={() => setDeleting(true)}>
              {t('common.delete')}
            </Button>
          )}
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" kind="primary" busy={busy} disabled={draft.title.trim() === ''}>
            {t('common.save')}
          </Button>
        </DialogActions>
      </form>
    </ModalDialog>
  );
}
