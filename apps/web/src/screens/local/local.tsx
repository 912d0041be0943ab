import { localTimeline } from '../../api/timelines.ts';
import { t } from '../../i18n/translate.ts';
import { Timeline } from '../../timeline/timeline.tsx';
import { Screen } from '../../ui/screen.tsx';

/** What everybody here says in public. */
export default function Local() {
  return (
    <Screen title={t('local.title')}>
      <Timeline source={localTimeline} label={t('local.title')} />
    </Screen>
  );
}
