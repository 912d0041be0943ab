import { useAccountByHandle } from '../../api/accounts.ts';
import { followedBy, followersOf } from '../../api/people.ts';
import type { Account } from '../../api/types.ts';
import { boot } from '../../app/boot.ts';
import { t } from '../../i18n/translate.ts';
import { LoadingPeople } from '../../people/loading-people.tsx';
import { nameOf } from '../../people/name.ts';
import { PeopleList } from '../../people/people-list.tsx';
import { pathOfAccount } from '../../posts/paths.ts';
import { Empty } from '../../ui/empty.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Screen } from '../../ui/screen.tsx';
import { TabLinks } from '../../ui/tab-links.tsx';

interface PeopleOfProps {
  readonly handle: string;
  readonly side: 'followers' | 'following';
}

/** Who follows somebody, and whom somebody follows. */
export default function PeopleOf({ handle, side }: PeopleOfProps) {
  const { account, error, retry } = useAccountByHandle(handle);
  return (
    <Screen title={account ? nameOf(account) : `@${handle}`} back>
      {account && <People account={account} side={side} />}
      {!account && error && <FailureNotice error={error} onRetry={retry} />}
      {!account && !error && <LoadingPeople />}
    </Screen>
  );
}

function People({ account, side }: { readonly account: Account; readonly side: PeopleOfProps['side'] }) {
  const path = pathOfAccount(account);
  const name = nameOf(account);
  const tabs = [
    { href: `${path}/followers`, label: t('profile.followers') },
    { href: `${path}/following`, label: t('profile.following') },
  ];
  const source = side === 'followers' ? followersOf(account.id) : followedBy(account.id);
  const closed = account.hide_collections && account.id !== boot.account?.id;
  return (
    <>
      <TabLinks label={t('profile.tabs')} current={`${path}/${side}`} tabs={tabs} />
      {closed ? (
        <Empty>{t('profile.collectionsHidden', { name })}</Empty>
      ) : (
        <PeopleList
          source={source}
          empty={<p>{t(side === 'followers' ? 'profile.noFollowers' : 'profile.noFollowing', { name })}</p>}
        />
      )}
    </>
  );
}
