import { Link } from 'wouter';
import { homeTimeline } from '../../api/timelines.ts';
import { t } from '../../i18n/translate.ts';
import { KeptNote } from '../../offline/kept-note.tsx';
import { Timeline } from '../../timeline/timeline.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { Screen } from '../../ui/screen.tsx';

/** What the people say whom one follows. */
export default function Home() {
  return (
    <Screen title={t('home.title')}>
      <KeptNote />
      <Timeline
        source={homeTimeline}
        label={t('home.title')}
        empty={
          <>
            <p>{t('home.empty')}</p>
            <Link href="/public" className={buttonClass('primary')}>
              {t('home.find')}
            </Link>
          </>
        }
      />
    </Screen>
  );
}
