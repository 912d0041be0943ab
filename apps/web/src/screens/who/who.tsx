import { useStatus } from '../../api/statuses.ts';
import { peopleWhoLike, peopleWhoReposted } from '../../api/threads.ts';
import { t } from '../../i18n/translate.ts';
import { PeopleList } from '../../people/people-list.tsx';
import { Screen } from '../../ui/screen.tsx';
import { TabLinks } from '../../ui/tab-links.tsx';

interface WhoProps {
  readonly handle: string;
  readonly postId: string;
  readonly side: 'likes' | 'reposts';
}

/** Who likes a post, and who reposted it. */
export default function Who({ handle, postId, side }: WhoProps) {
  const { data: status } = useStatus(postId);
  const name = status && (status.account.display_name || status.account.username);
  const path = `/@${handle}/${postId}`;
  const tabs = [
    { href: `${path}/likes`, label: t('thread.likedBy') },
    { href: `${path}/reposts`, label: t('thread.repostedBy') },
  ];
  const likes = side === 'likes';
  return (
    <Screen title={name === undefined ? t('thread.post') : t('post.by', { name })} back>
      <TabLinks label={t('thread.who')} current={`${path}/${side}`} tabs={tabs} />
      <PeopleList
        source={likes ? peopleWhoLike(postId) : peopleWhoReposted(postId)}
        empty={<p>{t(likes ? 'thread.noLikes' : 'thread.noReposts')}</p>}
      />
    </Screen>
  );
}
