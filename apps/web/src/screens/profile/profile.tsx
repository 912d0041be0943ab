import { useMemo, useState } from 'react';
import { useAccountByHandle } from '../../api/accounts.ts';
import { useRelationship } from '../../api/relationships.ts';
import { accountTimeline, type ProfileTab } from '../../api/timelines.ts';
import type { Account } from '../../api/types.ts';
import { t } from '../../i18n/translate.ts';
import { nameOf } from '../../people/name.ts';
import { pathOfAccount } from '../../posts/paths.ts';
import { Timeline } from '../../timeline/timeline.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { LoadingPosts } from '../../ui/loading.tsx';
import { Screen } from '../../ui/screen.tsx';
import { TabLinks } from '../../ui/tab-links.tsx';
import { ProfileHeader } from './header.tsx';
import { LoadingProfile } from './loading-profile.tsx';
import { MediaGrid } from './media-grid.tsx';
import { PinnedPosts } from './pinned-posts.tsx';
import { Standing } from './standing.tsx';

interface ProfileProps {
  readonly handle: string;
  readonly tab?: ProfileTab;
}

/** Who somebody is, and what they say. */
export default function Profile({ handle, tab = 'posts' }: ProfileProps) {
  const { account, error, retry } = useAccountByHandle(handle);
  return (
    <Screen title={account ? nameOf(account) : `@${handle}`} back>
      {account && <Person key={account.id} account={account} tab={tab} />}
      {!account && error && <FailureNotice error={error} onRetry={retry} />}
      {!account && !error && <LoadingProfile />}
    </Screen>
  );
}

function Person({ account, tab }: { readonly account: Account; readonly tab: ProfileTab }) {
  const { data: relationship } = useRelationship(account.id);
  const [noting, setNoting] = useState(false);
  const path = pathOfAccount(account);
  const tabs = [
    { href: path, label: t('profile.posts') },
    { href: `${path}/with_replies`, label: t('profile.withReplies') },
    { href: `${path}/media`, label: t('profile.media') },
  ];
  const hidden = account.suspended || relationship?.blocking || relationship?.blocked_by;
  return (
    <>
      <ProfileHeader account={account} noting={noting} onNote={() => setNoting(true)} />
      <Standing account={account} />
      {!hidden && (
        <>
          <TabLinks label={t('profile.tabs')} current={tab === 'posts' ? path : `${path}/${tab}`} tabs={tabs} />
          {tab === 'media' ? <MediaGrid account={account} /> : <Posts account={account} tab={tab} />}
        </>
      )}
    </>
  );
}

interface PostsProps {
  readonly account: Account;
  readonly tab: Exclude<ProfileTab, 'media'>;
}

function Posts({ account, tab }: PostsProps) {
  const source = useMemo(() => accountTimeline(account.id, tab), [account.id, tab]);
  const posts = (
    <Timeline
      source={source}
      startsBelow
      label={t('profile.postsOf', { name: nameOf(account) })}
      empty={<p>{t('profile.noPosts', { name: nameOf(account) })}</p>}
    />
  );
  if (tab !== 'posts') return posts;
  return (
    <PinnedPosts accountId={account.id} waiting={<LoadingPosts />}>
      {posts}
    </PinnedPosts>
  );
}
