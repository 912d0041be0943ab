import { Plus, X } from 'lucide-react';
import { useId } from 'react';
import { boot } from '../app/boot.ts';
import { t } from '../i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import form from '../ui/form.module.css';
import round from '../ui/round-button.module.css';
import styles from './composer.module.css';
import type { ChangeDraft } from './composer-form.tsx';
import type { DraftPoll } from './draft.ts';
import { durationWords, POLL_SECONDS } from './durations.ts';
import { Fault } from './fault.tsx';

interface PollEditorProps {
  readonly poll: DraftPoll;
  readonly change: ChangeDraft;
  readonly fault: string | undefined;
}

export function PollEditor({ poll, change, fault }: PollEditorProps) {
  const id = useId();
  const { options, seconds, multiple } = poll;
  const set = (changed: Partial<DraftPoll>) => change({ poll: { ...poll, ...changed } });
  const { max_options, min_expiration, max_expiration } = boot.instance.poll;
  const lengths = POLL_SECONDS.filter((one) => one >= min_expiration && one <= max_expiration);
  return (
    <fieldset className={styles.poll} aria-describedby={fault === undefined ? undefined : `${id}-fault`}>
      <legend className={styles.label}>{t('composer.poll')}</legend>
      {poll.over && <p className={form.hint}>{t('composer.pollOver')}</p>}
      {options.map((option, index) => {
        const name = t('composer.option', { n: index + 1 });
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: options have no other name
          <div key={index} className={styles.option}>
            <input
              className={styles.input}
              aria-label={name}
              placeholder={name}
              value={option}
              dir="auto"
              onChange={(event) => set({ options: options.with(index, event.target.value) })}
            />
            {options.length > 2 && (
              <button
                type="button"
                className={`${round.round} ${styles.icon}`}
                aria-label={t('composer.removeOption', { n: index + 1 })}
                onClick={() => set({ options: options.toSpliced(index, 1) })}
              >
                <X aria-hidden="true" size={18} />
              </button>
            )}
          </div>
        );
      })}
      <Fault id={`${id}-fault`} text={fault} />
      <div className={styles.pollEnd}>
        {options.length < max_options && (
          <Button small onClick={() => set({ options: [...options, ''] })}>
            <Plus aria-hidden="true" size={16} />
            {t('composer.addOption')}
          </Button>
        )}
        <label className={styles.inline}>
          <span>{t('composer.pollLength')}</span>
          <select
            className={styles.select}
            value={seconds}
            onChange={(event) => set({ seconds: Number(event.target.value) })}
          >
            {[...new Set([...lengths, seconds])]
              .sort((a, b) => a - b)
              .map((one) => (
                <option key={one} value={one}>
                  {durationWords(one)}
                </option>
              ))}
          </select>
        </label>
        <label className={styles.inline}>
          <input type="checkbox" checked={multiple} onChange={(event) => set({ multiple: event.target.checked })} />
          <span>{t('composer.multiple')}</span>
        </label>
      </div>
    </fieldset>
  );
}
