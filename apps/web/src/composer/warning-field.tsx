import { useId } from 'react';
import { t } from '../i18n/translate.ts';
import styles from './composer.module.css';
import type { ChangeDraft } from './composer-form.tsx';
import type { Draft } from './draft.ts';

export function WarningField({ draft, change }: { readonly draft: Draft; readonly change: ChangeDraft }) {
  const id = useId();
  return (
    <div>
      <label className={styles.label} htmlFor={id}>
        {t('composer.warning')}
      </label>
      <input
        id={id}
        className={styles.input}
        value={draft.warning}
        dir="auto"
        onChange={(event) => change({ warning: event.target.value })}
      />
    </div>
  );
}
