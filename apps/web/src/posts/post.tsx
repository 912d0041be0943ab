import { Globe, Link2Off, Lock, Repeat2 } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { Link } from 'wouter';
import { useStatus } from '../api/statuses.ts';
import type { Status } from '../api/types.ts';
import { type MessageKey, t, useLanguage } from '../i18n/translate.ts';
import { nameOf } from '../people/name.ts';
import { Avatar } from '../ui/avatar.tsx';
import { TimeAgo } from '../ui/time-ago.tsx';
import { ActionBar } from './action-bar.tsx';
import { PostBody } from './body.tsx';
import { useReading, warningOf } from './filtering.ts';
import { pathOfAccount, pathOfPost } from './paths.ts';
import styles from './post.module.css';
import { useUnfolded } from './unfolded.ts';

interface PostProps {
  readonly id: string;
  /** Where it stands in a list that is read to the end: for screen readers. */
  readonly position?: number;
  /** What is said of the post that a screen is about: it is shown whole, and larger. */
  readonly details?: ReactNode;
  /** Whether a line leads on to the post below, which answers this one. */
  readonly line?: 'below';
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

function Article({ status, shownId, position, details, line }: ArticleProps) {
  const { data: shown = status } = useStatus(shownId ?? status.id);
  const [asked, setAsked] = useUnfolded(shown.id, 'filter', false);
  const warning = warningOf(shown, useReading());
  const focused = details !== undefined;
  const common = {
    'aria-posinset': position,
    'aria-setsize': position && -1,
    'data-post': status.id,
    tabIndex: -1,
  };
  if (warning !== undefined && !asked && !focused) {
    return (
      <article className={styles.filtered} {...common}>
        {t('post.filtered', { title: warning })}
        <button type="button" className={styles.show} data-act="unfold" onClick={() => setAsked(true)}>
          {t('post.filteredShow')}
        </button>
      </article>
    );
  }
  const looks = [styles.post, focused && styles.focused, line && styles.lined].filter(Boolean).join(' ');
  return (
    <article className={looks} aria-label={t('post.by', { name: nameOf(shown.account) })} {...common}>
      {shownId !== undefined && <RepostedBy status={status} />}
      <div className={styles.row}>
        <Link href={pathOfAccount(shown.account)} tabIndex={-1} aria-hidden="true" className={styles.picture}>
          <Avatar account={shown.account} />
        </Link>
        <div className={styles.main}>
          <Head status={shown} focused={focused} />
          {!focused && <PostBody status={shown} whole={false} />}
          {!focused && <ActionBar status={shown} />}
        </div>
      </div>
      {focused && (
        <>
          <PostBody status={shown} whole />
          {details}
          <ActionBar status={shown} />
        </>
      )}
    </article>
  );
}

function Head({ status, focused }: { readonly status: Status; readonly focused: boolean }) {
  const { account, created_at, edited_at, visibility } = status;
  return (
    <header className={styles.head}>
      <Link href={pathOfAccount(account)} className={styles.author}>
        <bdi className={styles.name}>{nameOf(account)}</bdi>
        <bdi className={styles.handle}>@{account.acct}</bdi>
      </Link>
      {!focused && (
        <>
          <Link href={pathOfPost(status)} className={styles.when} data-act="open">
            <TimeAgo iso={created_at} />
            {edited_at !== null && <span> · {t('post.edited')}</span>}
          </Link>
          <VisibilityMark visibility={visibility} />
        </>
      )}
    </header>
  );
}

function RepostedBy({ status: { account } }: { readonly status: Status }) {
  return (
    <Link href={pathOfAccount(account)} className={styles.reposted}>
      <Repeat2 aria-hidden="true" size={16} />
      <bdi>{t('post.reposted', { name: nameOf(account) })}</bdi>
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
