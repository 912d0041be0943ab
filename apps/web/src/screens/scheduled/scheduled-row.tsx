import { useState } from 'react';
import { LIMITS } from '#policies/limits/limits.ts';
import { answered, api } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { ScheduledStatus } from '../../api/types.ts';
import { giveBackDraft } from '../../composer/current-drafts.ts';
import { draftOfScheduled } from '../../composer/draft-of-scheduled.ts';
import { localDateTime } from '../../composer/local-date-time.ts';
import { POST_REFUSALS } from '../../composer/refusals.ts';
import { exactTime } from '../../i18n/times.ts';
import { t } from '../../i18n/translate.ts';
import { Button } from '../../ui/button.tsx';
import { failureWords } from '../../ui/failure-notice.tsx';
import { toast } from '../../ui/toasts.tsx';
import styles from './scheduled.module.css';

/** A post that waits: its time can be changed, and it can be taken back among the drafts. */
export function ScheduledRow({ scheduled }: { readonly scheduled: ScheduledStatus }) {
  const { scheduled_at, params, media_attachments } = scheduled;
  const [changing, setChanging] = useState(false);
  const [busy, setBusy] = useState(false);
  const cancel = async () => {
    setBusy(true);
    try {
      await cancelScheduled(scheduled);
    } catch (error) {
      toast(failureWords(error));
    }
    setBusy(false);
  };
  return (
    <li className={styles.row}>
      <p className={styles.when}>{t('scheduled.at', { time: exactTime(scheduled_at) })}</p>
      {params.spoiler_text !== '' && (
        <p>
          <strong dir="auto">{params.spoiler_text}</strong>
        </p>
      )}
      <p className={styles.text} dir="auto">
        {params.text}
      </p>
      {media_attachments.length > 0 && (
        <p className={styles.note}>{t('drafts.files', { n: media_attachments.length })}</p>
      )}
      {changing ? (
        <TimeForm scheduled={scheduled} onDone={() => setChanging(false)} />
      ) : (
        <div className={styles.actions}>
          <Button small onClick={() => setChanging(true)}>
            {t('scheduled.change')}
          </Button>
          <Button small kind="quiet" busy={busy} onClick={cancel}>
            {t('scheduled.cancel')}
          </Button>
        </div>
      )}
    </li>
  );
}

function TimeForm({
  scheduled: { id, scheduled_at },
  onDone,
}: {
  readonly scheduled: ScheduledStatus;
  readonly onDone: () => void;
}) {
  const [at, setAt] = useState(localDateTime(Date.parse(scheduled_at)));
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    if (!(Date.parse(at) >= Date.now() + LIMITS.scheduleAheadMs)) return setFault(t('composer.problem.tooSoon'));
    setBusy(true);
    try {
      await reschedule(id, new Date(at).toISOString());
      onDone();
    } catch (error) {
      setFault(failureWords(error, POST_REFUSALS));
      setBusy(false);
    }
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label className={styles.field}>
        <span>{t('composer.when')}</span>
        <input
          type="datetime-local"
          className={styles.input}
          value={at}
          aria-describedby={fault === undefined ? undefined : `${id}-fault`}
          aria-invalid={fault !== undefined || undefined}
          onChange={(event) => setAt(event.target.value)}
        />
      </label>
      {fault !== undefined && (
        <p id={`${id}-fault`} className={styles.fault} role="alert">
          {fault}
        </p>
      )}
      <div className={styles.actions}>
        <Button type="submit" kind="primary" small busy={busy}>
          {t('common.save')}
        </Button>
        <Button small kind="quiet" onClick={onDone}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}

async function reschedule(id: string, scheduled_at: string): Promise<void> {
  await answered(api.PUT('/api/v1/scheduled_statuses/{id}', { params: { path: { id } }, body: { scheduled_at } }));
  await queryClient.invalidateQueries({ queryKey: ['scheduled'] });
  toast(t('scheduled.changed'));
}

async function cancelScheduled(scheduled: ScheduledStatus): Promise<void> {
  const path = { id: scheduled.id };
  await answered(api.DELETE('/api/v1/scheduled_statuses/{id}', { params: { path } }));
  await giveBackDraft(draftOfScheduled(scheduled));
  await queryClient.invalidateQueries({ queryKey: ['scheduled'] });
  toast(t('scheduled.cancelled'));
}
