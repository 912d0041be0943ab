import { favourites } from '../../api/timelines.ts';
import { t } from '../../i18n/translate.ts';
import { Timeline } from '../../timeline/timeline.tsx';
import { Screen } from '../../ui/screen.tsx';

/** What somebody likes, what was liked last at the top. */
export default function Favourites() {
  const title = t('nav.favourites');
  return (
    <Screen title={title}>
      <Timeline source={favourites} label={title} empty={<p>{t('thread.empty.favourites')}</p>} />
    </Screen>
  );
}
