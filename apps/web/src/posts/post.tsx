import { Globe, Link2Off, Lock, Repeat2 } from 'lucide-react';
import { memo, useState } from 'react';
import { Link } from 'wouter';
import { useStatus } from '../api/statuses.ts';
import type { Status } from '../api/types.ts';
import { type MessageKey, t, useLanguage } from '../i18n/translate.ts';
import { Avatar } from '../ui/avatar.tsx';
import { TimeAgo } from '../ui/time-ago.tsx';
import { ActionBar } from './action-bar.tsx';
import { PostBody } from './body.tsx';
import { pathOfAccount, pathOfPost } from './paths.ts';
import styles from './post.module.css';

interface PostProps {
  readonly id: string;
  /** Where it stands in a list that is read to the end: for screen readers. */
  readonly position?: number;
  /** Whether this is what the screen is about. */
  readonly focused?: boolean;
  readonly onReply?: () => void;
}

/** A post of a list, or the repost of one. */
export const Post = memo(function Post({ id, ...rest }: PostProps) {
  useLanguage();
  const { data } = useStatus(id);
  if (data === undefined) return null;
  const reposted = data.reblog;
  return reposted === null ? (
    <Article status={data} {...rest} />
  ) : (
    <Article status={data} shownId={reposted.id} {...rest} />
  );
});

interface ArticleProps extends Omit<PostProps, 'id'> {
  readonly status: Status;
  /** The post that a repost shows. */
  readonly shownId?: string;
}

function Article({ status, shownId, position, focused = false, onReply }: ArticleProps) {
  const { data: shown = status } = useStatus(shownId ?? status.id);
  const [hidden, setHidden] = useState(true);
  const filter = shown.filtered?.find(({ filter: { filter_action } }) => filter_action === 'warn');
  const { account } = shown;
  const name = account.display_name || account.username;
  if (filter !== undefined && hidden) {
    return (
      <article className={styles.filtered} aria-posinset={position} aria-setsize={position && -1}>
        {t('post.filtered', { title: filter.filter.title })}
        <button type="button" className={styles.show} onClick={() => setHidden(false)}>
          {t('post.filteredShow')}
        </button>
      </article>
    );
  }
  return (
    <article
      className={`${styles.post} ${focused ? styles.focused : ''}`}
      aria-label={t('post.by', { name })}
      aria-posinset={position}
      aria-setsize={position && -1}
      data-post={status.id}
      tabIndex={-1}
    >
      {shownId !== undefined && <RepostedBy status={status} />}
      <div className={styles.row}>
        <Link href={pathOfAccount(account)} tabIndex={-1} aria-hidden="true" className={styles.picture}>
          <Avatar account={account} />
        </Link>
        <div className={styles.main}>
          <header className={styles.head}>
            <Link href={pathOfAccount(account)} className={styles.author}>
              <bdi className={styles.name}>{name}</bdi>
              <span className={styles.handle}>@{account.acct}</span>
            </Link>
            <Link href={pathOfPost(shown)} className={styles.when}>
              <TimeAgo iso={shown.created_at} />
              {shown.edited_at !== null && <span> · {t('post.edited')}</span>}
            </Link>
            <VisibilityMark visibility={shown.visibility} />
          </header>
          <PostBody status={shown} />
          <ActionBar status={shown} onReply={onReply} />
        </div>
      </div>
    </article>
  );
}

function RepostedBy({ status: { account } }: { readonly status: Status }) {
  return (
    <Link href={pathOfAccount(account)} className={styles.reposted}>
      <Repeat2 aria-hidden="true" size={16} />
      <bdi>{t('post.reposted', { name: account.display_name || account.username })}</bdi>
    </Link>
  );
}

const MARKS = { public: Globe, unlisted: Link2Off, private: Lock } as const;

function VisibilityMark({ visibility }: { readonly visibility: Status['visibility'] }) {
  if (visibility === 'public') return null;
  const Mark = MARKS[visibility];
  const words = t(`post.visibility.${visibility}` satisfies MessageKey);
  return (
    <span className={styles.mark} title={words}>
      <Mark aria-hidden="true" size={15} />
      <span className="visually-hidden">{words}</span>
    </span>
  );
}
