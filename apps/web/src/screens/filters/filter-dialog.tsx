import { useState } from 'react';
import { changeFilter, createFilter } from '../../api/filters.ts';
import type { Filter } from '../../api/types.ts';
import { exactTime } from '../../i18n/times.ts';
import { type MessageKey, t } from '../../i18n/translate.ts';
import { Button } from '../../ui/button.tsx';
import { DialogActions, ModalDialog } from '../../ui/dialog.tsx';
import { failureWords } from '../../ui/failure-notice.tsx';
import { Choice, Field } from '../../ui/field.tsx';
import form from '../../ui/form.module.css';
import { toast } from '../../ui/toasts.tsx';
import { changeOf, draftOf, EVERYWHERE, type Fault, type FilterDraft, faultsOf } from './draft.ts';
import styles from './filters.module.css';
import { Words } from './words.tsx';

interface FilterDialogProps {
  /** Undefined: a new one. */
  readonly filter: Filter | undefined;
  readonly onClose: () => void;
}

const ACTIONS = ['warn', 'hide', 'blur'] as const;
const HOUR = 3_600;
const ENDS: readonly (readonly [number, MessageKey])[] = [
  [HOUR, 'filters.hour'],
  [24 * HOUR, 'filters.day'],
  [7 * 24 * HOUR, 'filters.week'],
  [30 * 24 * HOUR, 'filters.month'],
];

/** Makes a filter, or changes one; what was typed stays when it cannot be saved. */
export default function FilterDialog({ filter, onClose }: FilterDialogProps) {
  const [draft, setDraft] = useState(() => draftOf(filter, () => crypto.randomUUID()));
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const change = (next: Partial<FilterDraft>) => setDraft({ ...draft, ...next });
  const wrong = (fault: Fault, words: MessageKey) => (faults.includes(fault) ? t(words) : undefined);
  const save = async () => {
    const found = faultsOf(draft, filter);
    setFaults(found);
    setError(undefined);
    if (found.length > 0) return;
    setBusy(true);
    try {
      const body = changeOf(draft, filter);
      await (filter === undefined ? createFilter(body) : changeFilter(filter.id, body));
      toast(t('filters.saved'));
      onClose();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <ModalDialog title={t(filter === undefined ? 'filters.new' : 'filters.edit')} onClose={onClose}>
      <form
        className={`${form.form} ${form.inDialog}`}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field label={t('filters.name')} hint={t('filters.nameHint')} error={wrong('title', 'filters.noName')}>
          {(control) => (
            <input
              {...control}
              value={draft.title}
              maxLength={200}
              dir="auto"
              onChange={(event) => change({ title: event.target.value })}
            />
          )}
        </Field>
        <Words words={draft.words} error={wrong('words', 'filters.noWords')} onChange={(words) => change({ words })} />
        <fieldset className={styles.choices}>
          <legend className={form.label}>{t('filters.action')}</legend>
          {ACTIONS.map((action) => (
            <Choice
              key={action}
              type="radio"
              name="action"
              checked={draft.action === action}
              hint={t(`filters.${action}Hint`)}
              onChange={() => change({ action })}
            >
              {t(`filters.${action}`)}
            </Choice>
          ))}
        </fieldset>
        <fieldset className={styles.choices} aria-describedby={faults.includes('context') ? 'no-place' : undefined}>
          <legend className={form.label}>{t('filters.where')}</legend>
          {EVERYWHERE.map((place) => (
            <Choice
              key={place}
              type="checkbox"
              checked={draft.context.includes(place)}
              onChange={(on) =>
                change({ context: EVERYWHERE.filter((one) => (one === place ? on : draft.context.includes(one))) })
              }
            >
              {t(`filters.${place}` satisfies MessageKey)}
            </Choice>
          ))}
          {faults.includes('context') && (
            <p id="no-place" className={form.wrong} role="alert">
              {t('filters.noPlace')}
            </p>
          )}
        </fieldset>
        <Field label={t('filters.until')}>
          {(control) => (
            <select
              {...control}
              value={String(draft.expires ?? '')}
              onChange={({ target: { value } }) =>
                change({ expires: value === '' ? null : value === 'keep' ? value : Number(value) })
              }
            >
              {filter?.expires_at && (
                <option value="keep">{t('filters.keep', { time: exactTime(filter.expires_at) })}</option>
              )}
              <option value="">{t('filters.forever')}</option>
              {ENDS.map(([seconds, words]) => (
                <option key={seconds} value={seconds}>
                  {t(words)}
                </option>
              ))}
            </select>
          )}
        </Field>
        {error !== undefined && (
          <p className={form.wrong} role="alert">
            {failureWords(error)}
          </p>
        )}
        <DialogActions>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" kind="primary" busy={busy}>
            {t('common.save')}
          </Button>
        </DialogActions>
      </form>
    </ModalDialog>
  );
}
