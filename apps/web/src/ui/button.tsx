import type { ComponentProps } from 'react';
import styles from './button.module.css';

interface Look {
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly small?: boolean;
  /** Something is under way: it cannot be pressed, and says that it is busy. */
  readonly busy?: boolean;
}

export function Button({
  kind = 'plain',
  small = false,
  busy = false,
  className = '',
  ...rest
}: ComponentProps<'button'> & Look) {
  return (
    <button
      type="button"
      {...rest}
      className={`${buttonClass(kind, small)} ${className}`}
      disabled={rest.disabled || busy}
      aria-busy={busy || undefined}
    />
  );
}

/** For links that look like buttons. */
export function buttonClass(kind: NonNullable<Look['kind']> = 'plain', small = false): string {
  return `${styles.button} ${styles[kind]} ${small ? styles.small : ''}`;
}
