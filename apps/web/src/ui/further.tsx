import { t } from '../i18n/translate.ts';
import styles from './further.module.css';

/** Below an endless list: for whoever does not scroll. */
export function Further({ onPress }: { readonly onPress: () => void }) {
  return (
    <button type="button" className={styles.further} onClick={onPress}>
      {t('timeline.more')}
    </button>
  );
}
