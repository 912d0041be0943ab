import { useEffect, useState } from 'react';
import { t } from '../i18n/translate.ts';
import styles from './loading.module.css';

/** Grey shapes in the place of posts, so that nothing jumps when they come. */
export function LoadingPosts({ count = 5 }: { readonly count?: number }) {
  return (
    <div role="status" className={styles.shapes}>
      <span className="visually-hidden">{t('common.loading')}</span>
      <Slow />
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the shapes are all alike and never move
        <div key={index} className={styles.post} aria-hidden="true">
          <div className={styles.avatar} />
          <div className={styles.lines}>
            <div className={styles.short} />
            <div className={styles.line} />
            <div className={styles.line} />
          </div>
        </div>
      ))}
    </div>
  );
}

export function LoadingMore() {
  return (
    <p className={styles.more} role="status">
      {t('common.loading')}
    </p>
  );
}

const PATIENCE_MS = 5_000;

/** Says that it takes long, when it does. */
function Slow() {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return slow && <p className={styles.slow}>{t('connection.slow')}</p>;
}
