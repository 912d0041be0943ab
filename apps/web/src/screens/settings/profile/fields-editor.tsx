import { useId } from 'react';
import { t } from '../../../i18n/translate.ts';
import form from '../../../ui/form.module.css';
import { type FieldDraft, MOST_FIELD } from './draft.ts';
import styles from './profile-settings.module.css';

interface FieldsEditorProps {
  readonly fields: readonly FieldDraft[];
  readonly error: string | undefined;
  readonly onChange: (fields: readonly FieldDraft[]) => void;
}

/** The table of a profile: a row that is left empty is not shown. */
export function FieldsEditor({ fields, error, onChange }: FieldsEditorProps) {
  const errorId = useId();
  const change = (at: number, part: Partial<FieldDraft>) =>
    onChange(fields.map((field, index) => (index === at ? { ...field, ...part } : field)));
  return (
    <fieldset className={form.field} aria-describedby={error && errorId}>
      <legend className={form.label}>{t('profileSettings.fields')}</legend>
      <p className={form.hint}>{t('profileSettings.fieldsHint')}</p>
      {fields.map(({ name, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are named by their place alone
        <div key={index} className={styles.fieldRow}>
          <input
            className={form.input}
            dir="auto"
            aria-label={t('profileSettings.fieldName', { n: index + 1 })}
            placeholder={t('profileSettings.fieldNameShort')}
            value={name}
            maxLength={MOST_FIELD}
            onChange={(event) => change(index, { name: event.target.value })}
          />
          <input
            className={form.input}
            dir="auto"
            aria-label={t('profileSettings.fieldValue', { n: index + 1 })}
            placeholder={t('profileSettings.fieldValueShort')}
            value={value}
            maxLength={MOST_FIELD}
            onChange={(event) => change(index, { value: event.target.value })}
          />
        </div>
      ))}
      {error && (
        <p id={errorId} className={form.wrong} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
