import { t } from '../i18n/translate.ts';
import styles from '../ui/loading.module.css';

/** Grey shapes in the place of people. */
export function LoadingPeople({ count = 6 }: { readonly count?: number }) {
  return (
    <div role="status">
      <span className="visually-hidden">{t('common.loading')}</span>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the shapes are all alike and never move
        <div key={index} className={styles.post} aria-hidden="true">
          <div className={styles.avatar} />
          <div className={styles.lines}>
            <div className={styles.short} />
            <div className={styles.line} />
          </div>
        </div>
      ))}
    </div>
  );
}
