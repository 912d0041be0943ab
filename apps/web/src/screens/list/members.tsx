import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useAccount } from '../../api/accounts.ts';
import { listsQuery, setMember, useListTurns } from '../../api/lists.ts';
import { membersOf } from '../../api/people.ts';
import { t } from '../../i18n/translate.ts';
import { nameOf } from '../../people/name.ts';
import { PeopleList } from '../../people/people-list.tsx';
import { PersonRow } from '../../people/person-row.tsx';
import { Button } from '../../ui/button.tsx';
import { failureWords } from '../../ui/failure-notice.tsx';
import { Screen } from '../../ui/screen.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useSettled } from '../../ui/use-settled.ts';
import { FollowedSearch } from './followed-search.tsx';

/** Who stands on a list. Those whom one follows can be found and put on it. */
export default function Members({ id }: { readonly id: string }) {
  const { data: lists } = useQuery(listsQuery);
  const [typed, setTyped] = useState('');
  const wanted = useSettled(typed.trim());
  const title = lists?.find((list) => list.id === id)?.title;
  const row = (accountId: string, member: boolean) => (
    <PersonRow key={accountId} id={accountId} actions={<Turn listId={id} accountId={accountId} member={member} />} />
  );
  return (
    <Screen title={title === undefined ? t('lists.members') : t('lists.membersOf', { title })} back>
      <SearchField label={t('lists.find')} value={typed} onChange={setTyped} />
      {wanted === '' ? (
        <PeopleList source={membersOf(id)} empty={<p>{t('lists.noMembers')}</p>} row={(one) => row(one, true)} />
      ) : (
        <FollowedSearch listId={id} text={wanted} row={row} />
      )}
    </Screen>
  );
}

interface TurnProps {
  readonly listId: string;
  readonly accountId: string;
  /** Whether the person was on the list when it was read. */
  readonly member: boolean;
}

/** Puts somebody on the list, or takes somebody off. */
function Turn({ listId, accountId, member }: TurnProps) {
  const { data: account } = useAccount(accountId);
  const on = useListTurns(listId)[accountId] ?? member;
  if (account === undefined) return null;
  const verb = t(on ? 'lists.remove' : 'lists.add');
  const turn = () => setMember(listId, accountId, !on).catch((error: unknown) => toast(failureWords(error)));
  return (
    <Button
      small
      kind={on ? 'plain' : 'primary'}
      aria-label={`${verb}: ${nameOf(account)}`}
      onClick={() => void turn()}
    >
      {verb}
    </Button>
  );
}
