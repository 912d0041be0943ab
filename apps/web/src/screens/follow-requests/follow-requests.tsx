import type { MouseEvent } from 'react';
import { Link } from 'wouter';
import { useAccount } from '../../api/accounts.ts';
import { followRequests } from '../../api/people.ts';
import { useRelationship } from '../../api/relationships.ts';
import { me } from '../../app/boot.ts';
import { t } from '../../i18n/translate.ts';
import { answerRequest } from '../../people/actions.ts';
import { FollowButton } from '../../people/follow-button.tsx';
import { nameOf } from '../../people/name.ts';
import { PeopleList } from '../../people/people-list.tsx';
import { PersonRow } from '../../people/person-row.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Screen } from '../../ui/screen.tsx';
import { toast } from '../../ui/toasts.tsx';

/** Who would like to follow, and waits for an answer. */
export default function FollowRequests() {
  return (
    <Screen title={t('requests.title')} back>
      <PeopleList
        source={followRequests}
        empty={<NobodyWaits />}
        row={(id) => <PersonRow key={id} id={id} actions={<Answer id={id} />} />}
      />
    </Screen>
  );
}

function NobodyWaits() {
  if (me().locked) return <p>{t('requests.empty')}</p>;
  return (
    <>
      <p>{t('requests.emptyOpen')}</p>
      <Link href="/settings/privacy" className={buttonClass()}>
        {t('requests.privacy')}
      </Link>
    </>
  );
}

/** The buttons to answer with; afterwards the one to follow back. */
function Answer({ id }: { readonly id: string }) {
  const { data: account } = useAccount(id);
  const { data: relationship } = useRelationship(id);
  if (account === undefined || relationship === undefined) return null;
  if (!relationship.requested_by) return relationship.followed_by ? <FollowButton account={account} /> : null;
  const name = nameOf(account);
  const answer = async (event: MouseEvent<HTMLButtonElement>, verb: 'authorize' | 'reject') => {
    // The button goes away: the focus stays with the person.
    event.currentTarget.closest('li')?.querySelector('a')?.focus();
    if (await answerRequest(account, verb)) {
      toast(t(verb === 'authorize' ? 'requests.accepted' : 'requests.rejected', { name }));
    }
  };
  return (
    <>
      <Button
        small
        kind="primary"
        aria-label={`${t('requests.accept')}: ${name}`}
        onClick={(event) => void answer(event, 'authorize')}
      >
        {t('requests.accept')}
      </Button>
      <Button small aria-label={`${t('requests.reject')}: ${name}`} onClick={(event) => void answer(event, 'reject')}>
        {t('requests.reject')}
      </Button>
    </>
  );
}
