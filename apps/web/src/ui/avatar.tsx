import type { Account } from '../api/types.ts';
import styles from './avatar.module.css';

/** The picture of an account. It says nothing to screen readers: the name stands beside it. */
export function Avatar({
  account,
  size = 'medium',
}: {
  readonly account: Pick<Account, 'avatar'>;
  readonly size?: 'small' | 'medium' | 'large';
}) {
  return (
    <img
      className={`${styles.avatar} ${styles[size]}`}
      src={account.avatar}
      alt=""
      width={48}
      height={48}
      loading="lazy"
      decoding="async"
    />
  );
}
