import { localTimeline } from '../../api/timelines.ts';
import { boot } from '../../app/boot.ts';
import { t } from '../../i18n/translate.ts';
import { Timeline } from '../../timeline/timeline.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { useTitle } from '../../ui/use-title.ts';
import styles from './landing.module.css';

/** What this place is, how to get in, and what people say here. */
export default function Landing() {
  const { title, description, sign_up, domain } = boot.instance;
  useTitle('');
  return (
    <>
      <header className={styles.hero}>
        <h1>{t('landing.join', { title })}</h1>
        <p className={styles.lead}>{description || t('landing.lead')}</p>
        <p className={styles.ways}>
          {sign_up !== 'closed' && (
            <a href="/sign-up" className={buttonClass('primary')}>
              {t('common.signUp')}
            </a>
          )}
          <a href="/sign-in" className={buttonClass('plain')}>
            {t('common.signIn')}
          </a>
        </p>
        <p className={styles.apps}>{t('landing.apps', { domain })}</p>
      </header>
      <Timeline source={localTimeline} label={t('local.title')} />
    </>
  );
}
