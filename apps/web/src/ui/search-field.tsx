import { Search, X } from 'lucide-react';
import { type ComponentProps, useId, useRef } from 'react';
import { t } from '../i18n/translate.ts';
import styles from './search-field.module.css';

interface SearchFieldProps extends Pick<ComponentProps<'input'>, 'onKeyDown' | 'autoFocus'> {
  readonly label: string;
  /** What stands in the field while it is empty; the label where it is short. */
  readonly placeholder?: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** A field to look for something in. */
export function SearchField({ label, placeholder = label, value, onChange, ...rest }: SearchFieldProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const clear = () => {
    onChange('');
    field.current?.focus();
  };
  return (
    <search className={styles.search}>
      <label htmlFor={id} className="visually-hidden">
        {label}
      </label>
      <Search aria-hidden="true" size={18} className={styles.icon} />
      <input
        {...rest}
        id={id}
        ref={field}
        type="search"
        className={styles.input}
        placeholder={placeholder}
        value={value}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        enterKeyHint="search"
        onChange={(event) => onChange(event.target.value)}
      />
      {value !== '' && (
        <button type="button" className={styles.clear} aria-label={t('search.clear')} onClick={clear}>
          <X aria-hidden="true" size={18} />
        </button>
      )}
    </search>
  );
}
