import { CalendarClock, ChartBarBig, ImagePlus, TriangleAlert } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { boot } from '../app/boot.ts';
import { t } from '../i18n/translate.ts';
import round from '../ui/round-button.module.css';
import styles from './composer.module.css';
import type { ChangeDraft } from './composer-form.tsx';
import type { Draft } from './draft.ts';
import { addFiles } from './upload.ts';

interface ToolbarProps {
  readonly draft: Draft;
  readonly change: ChangeDraft;
  readonly scheduling: boolean;
  readonly onSchedule: (on: boolean) => void;
}

const NEW_POLL = { options: ['', ''], seconds: 86_400, multiple: false };

/** What can be added to a post. */
export function Toolbar({ draft, change, scheduling, onSchedule }: ToolbarProps) {
  const picker = useRef<HTMLInputElement>(null);
  const { slot, media, poll, warned, editId } = draft;
  const full = media.length >= boot.instance.max_media_attachments;
  return (
    <fieldset className={styles.tools} aria-label={t('composer.add')}>
      <input
        ref={picker}
        type="file"
        accept="image/*,video/*,audio/*"
        multiple
        hidden
        data-composer-files
        aria-label={t('composer.addFiles')}
        onChange={({ target }) => {
          addFiles(slot, [...(target.files ?? [])]);
          target.value = '';
        }}
      />
      <Tool label={t('composer.addFiles')} disabled={full || poll !== null} onPress={() => picker.current?.click()}>
        <ImagePlus aria-hidden="true" />
      </Tool>
      <Tool
        label={t('composer.poll')}
        pressed={poll !== null}
        disabled={media.length > 0}
        onPress={() => change({ poll: poll === null ? NEW_POLL : null })}
      >
        <ChartBarBig aria-hidden="true" />
      </Tool>
      <Tool label={t('composer.warning')} pressed={warned} onPress={() => change({ warned: !warned })}>
        <TriangleAlert aria-hidden="true" />
      </Tool>
      {editId === null && (
        <Tool label={t('composer.when')} pressed={scheduling} onPress={() => onSchedule(!scheduling)}>
          <CalendarClock aria-hidden="true" />
        </Tool>
      )}
    </fieldset>
  );
}

interface ToolProps {
  readonly label: string;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

function Tool({ label, pressed, disabled, onPress, children }: ToolProps) {
  return (
    <button
      type="button"
      className={`${round.round} ${styles.tool}`}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onPress}
    >
      {children}
    </button>
  );
}
