import type { ReactNode } from 'react';
import styles from './notice.module.css';

export function Empty({ children }: { readonly children: ReactNode }) {
  return <div className={styles.notice}>{children}</div>;
}
