import { useState } from 'react';
import { type MessageKey, t } from '../i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import { DialogActions, ModalDialog } from '../ui/dialog.tsx';
import { Choice, Field } from '../ui/field.tsx';
import { toast } from '../ui/toasts.tsx';
import { mute, unmute } from './actions.ts';
import { nameOf } from './name.ts';
import type { QuestionProps } from './question.ts';

const HOUR_S = 3_600;
const DURATIONS: readonly (readonly [number, MessageKey])[] = [
  [0, 'people.muteForever'],
  [HOUR_S, 'people.muteHour'],
  [24 * HOUR_S, 'people.muteDay'],
  [7 * 24 * HOUR_S, 'people.muteWeek'],
  [30 * 24 * HOUR_S, 'people.muteMonth'],
];

/** For how long somebody is not to be seen, and whether notifications are meant as well. */
export function MuteDialog({ account, returnTo, onClose }: QuestionProps) {
  const [duration, setDuration] = useState(0);
  const [notifications, setNotifications] = useState(true);
  const [busy, setBusy] = useState(false);
  const name = nameOf(account);
  const confirm = async () => {
    setBusy(true);
    if (await mute(account, { notifications, duration })) {
      toast(t('people.mutedNow', { name }), { label: t('common.undo'), run: () => void unmute(account) });
    }
    onClose();
  };
  return (
    <ModalDialog
      title={t('people.muteTitle', { name })}
      description={t('people.muteText')}
      returnTo={returnTo}
      onClose={onClose}
    >
      <Field label={t('people.muteDuration')}>
        {(control) => (
          <select {...control} value={duration} onChange={(event) => setDuration(Number(event.target.value))}>
            {DURATIONS.map(([seconds, words]) => (
              <option key={seconds} value={seconds}>
                {t(words)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Choice type="checkbox" checked={notifications} onChange={setNotifications}>
        {t('people.muteNotifications')}
      </Choice>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button kind="primary" busy={busy} onClick={confirm}>
          {t('people.muteVerb')}
        </Button>
      </DialogActions>
    </ModalDialog>
  );
}
