import { useId } from 'react';
import { LIMITS } from '#policies/limits/limits.ts';
import { t } from '../i18n/translate.ts';
import styles from './composer.module.css';
import type { ChangeDraft } from './composer-form.tsx';
import type { Draft } from './draft.ts';
import { Fault } from './fault.tsx';
import { localDateTime } from './local-date-time.ts';

interface ScheduleFieldProps {
  readonly draft: Pick<Draft, 'scheduledAt'>;
  readonly change: ChangeDraft;
  readonly fault: string | undefined;
}

/** When the post is to be published. */
export function ScheduleField({ draft, change, fault }: ScheduleFieldProps) {
  const id = useId();
  return (
    <div>
      <label className={styles.label} htmlFor={id}>
        {t('composer.when')}
      </label>
      <input
        id={id}
        type="datetime-local"
        className={styles.input}
        value={draft.scheduledAt}
        min={localDateTime(Date.now() + LIMITS.scheduleAheadMs)}
        aria-describedby={fault === undefined ? undefined : `${id}-fault`}
        aria-invalid={fault !== undefined || undefined}
        onChange={(event) => change({ scheduledAt: event.target.value })}
      />
      <Fault id={`${id}-fault`} text={fault} />
    </div>
  );
}
