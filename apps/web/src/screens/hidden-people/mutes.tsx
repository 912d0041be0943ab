import { useAccount } from '../../api/accounts.ts';
import { mutedPeople } from '../../api/people.ts';
import { useRelationship } from '../../api/relationships.ts';
import { exactTime } from '../../i18n/times.ts';
import { t } from '../../i18n/translate.ts';
import { mute, unmute } from '../../people/actions.ts';
import { nameOf } from '../../people/name.ts';
import { PeopleList } from '../../people/people-list.tsx';
import { PersonRow } from '../../people/person-row.tsx';
import { Button } from '../../ui/button.tsx';
import { Screen } from '../../ui/screen.tsx';

/** Whom one has muted, and until when. Who is unmuted stays in sight until the screen is left, to be muted again. */
export default function Mutes() {
  return (
    <Screen title={t('mutes.title')} back>
      <PeopleList
        source={mutedPeople}
        empty={<p>{t('mutes.empty')}</p>}
        row={(id) => <PersonRow key={id} id={id} line={<Until id={id} />} actions={<Turn id={id} />} />}
      />
    </Screen>
  );
}

function Until({ id }: { readonly id: string }) {
  const { data: relationship } = useRelationship(id);
  const until = relationship?.muting ? relationship.muting_expires_at : null;
  return <span>{until && t('mutes.until', { time: exactTime(until) })}</span>;
}

function Turn({ id }: { readonly id: string }) {
  const { data: account } = useAccount(id);
  const { data: relationship } = useRelationship(id);
  if (account === undefined || relationship === undefined) return null;
  const { muting } = relationship;
  const turn = () => (muting ? unmute(account) : mute(account, { notifications: true, duration: 0 }));
  const verb = t(muting ? 'people.unmute' : 'people.muteVerb');
  return (
    <Button small aria-label={`${verb}: ${nameOf(account)}`} onClick={() => void turn()}>
      {verb}
    </Button>
  );
}
