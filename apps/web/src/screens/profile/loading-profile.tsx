import { t } from '../../i18n/translate.ts';
import { LoadingPosts } from '../../ui/loading.tsx';
import styles from './profile.module.css';

/** The shape of a profile. */
export function LoadingProfile() {
  return (
    <div role="status">
      <span className="visually-hidden">{t('common.loading')}</span>
      <div aria-hidden="true" className={styles.profile}>
        <div className={styles.header} />
        <div className={styles.top}>
          <div className={styles.avatar} />
        </div>
        <div className={styles.shape} />
      </div>
      <LoadingPosts count={3} />
    </div>
  );
}
