import { blockedPeople } from '../../api/people.ts';
import { t } from '../../i18n/translate.ts';
import { PeopleList } from '../../people/people-list.tsx';
import { Screen } from '../../ui/screen.tsx';

/** Whom one has blocked. Who is unblocked stays in sight until the screen is left. */
export default function Blocks() {
  return (
    <Screen title={t('blocks.title')} back>
      <PeopleList source={blockedPeople} empty={<p>{t('blocks.empty')}</p>} />
    </Screen>
  );
}
