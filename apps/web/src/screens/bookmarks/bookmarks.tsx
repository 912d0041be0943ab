import { bookmarks } from '../../api/timelines.ts';
import { t } from '../../i18n/translate.ts';
import { Timeline } from '../../timeline/timeline.tsx';
import { Screen } from '../../ui/screen.tsx';

/** What somebody wants to find again. Nobody else sees it. */
export default function Bookmarks() {
  const title = t('nav.bookmarks');
  return (
    <Screen title={title}>
      <Timeline source={bookmarks} label={title} empty={<p>{t('thread.empty.bookmarks')}</p>} />
    </Screen>
  );
}
