import { Plus, X } from 'lucide-react';
import { useId } from 'react';
import { t } from '../../i18n/translate.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/field.tsx';
import form from '../../ui/form.module.css';
import round from '../../ui/round-button.module.css';
import type { Word } from './draft.ts';
import styles from './filters.module.css';

interface WordsProps {
  readonly words: readonly Word[];
  readonly error: string | undefined;
  readonly onChange: (words: readonly Word[]) => void;
}

/** The words of a filter, a line each. */
export function Words({ words, error, onChange }: WordsProps) {
  const id = useId();
  const change = (key: string, next: Partial<Word>) =>
    onChange(words.map((word) => (word.key === key ? { ...word, ...next } : word)));
  const described = error ? `${id}-hint ${id}-error` : `${id}-hint`;
  return (
    <fieldset className={styles.choices} aria-describedby={described}>
      <legend className={form.label}>{t('filters.words')}</legend>
      <p id={`${id}-hint`} className={form.hint}>
        {t('filters.wordsHint')}
      </p>
      {words.map(({ key, text, whole }, index) => (
        <div key={key} className={styles.word}>
          <input
            className={form.input}
            aria-label={t('filters.word', { n: index + 1 })}
            aria-invalid={error && index === 0 ? true : undefined}
            aria-describedby={described}
            value={text}
            maxLength={512}
            dir="auto"
            onChange={(event) => change(key, { text: event.target.value })}
          />
          <Choice type="checkbox" checked={whole} onChange={(on) => change(key, { whole: on })}>
            {t('filters.whole')}
          </Choice>
          <button
            type="button"
            className={`${round.round} ${styles.tool}`}
            aria-label={t('filters.removeWord', { n: index + 1 })}
            onClick={() => onChange(words.filter((word) => word.key !== key))}
          >
            <X aria-hidden="true" size={18} />
          </button>
        </div>
      ))}
      {error && (
        <p id={`${id}-error`} className={form.wrong} role="alert">
          {error}
        </p>
      )}
      <Button small onClick={() => onChange([...words, { key: crypto.randomUUID(), text: '', whole: true }])}>
        <Plus aria-hidden="true" size={18} />
        {t('filters.addWord')}
      </Button>
    </fieldset>
  );
}
