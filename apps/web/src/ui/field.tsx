import { type ReactNode, useId } from 'react';
import styles from './form.module.css';

/** What the control of a field is to carry, so that its hint and its error belong to it. */
export interface FieldControl {
  readonly id: string;
  readonly className: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** Stands beside the label: how many characters are left. */
  readonly aside?: ReactNode;
  readonly error?: string | undefined;
  readonly children: (control: FieldControl) => ReactNode;
}

/** A control with its name, a hint, and what is wrong with it. */
export function Field({ label, hint, aside, error, children }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={styles.field}>
      <div className={styles.row}>
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
        {aside}
      </div>
      {children({
        id,
        className: styles.input!,
        'aria-describedby': described || undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className={styles.wrong} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly type: 'checkbox' | 'radio';
  readonly name?: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly hint?: string;
  readonly onChange: (checked: boolean) => void;
  readonly children: ReactNode;
}

/** A box to tick, or one of several to choose. */
export function Choice({ hint, children, onChange, ...input }: ChoiceProps) {
  const id = useId();
  return (
    <label className={styles.choice}>
      <input
        {...input}
        aria-describedby={hint && id}
        aria-labelledby={`${id}-label`}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span id={`${id}-label`}>{children}</span>
      {hint && (
        <span id={id} className={styles.hint}>
          {hint}
        </span>
      )}
    </label>
  );
}
