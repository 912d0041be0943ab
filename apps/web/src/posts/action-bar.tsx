import { Bookmark, Heart, MessageCircle, Repeat2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Status } from '../api/types.ts';
import { boot } from '../app/boot.ts';
import { openComposer } from '../composer/open.ts';
import { shortNumber } from '../i18n/numbers.ts';
import { t } from '../i18n/translate.ts';
import styles from './action-bar.module.css';
import { act } from './actions.ts';
import { pathOfPost } from './paths.ts';
import { PostMenuButton } from './post-menu-button.tsx';

/** What can be done with a post: each button says what it does and how often it was done. */
export function ActionBar({ status }: { readonly status: Status }) {
  const signedIn = boot.account !== null;
  const { id, favourited, reblogged, bookmarked } = status;
  const repostable = status.visibility !== 'private' || status.account.id === boot.account?.id;
  const unlessSignedOut = (run: () => void) => () => {
    if (signedIn) run();
    else location.assign(`/sign-in?next=${encodeURIComponent(pathOfPost(status))}`);
  };
  return (
    <div className={styles.bar}>
      <Action
        label={t('post.replies', { n: status.replies_count })}
        icon={<MessageCircle />}
        count={status.replies_count}
        name="reply"
        onPress={unlessSignedOut(() => openComposer({ replyTo: status }))}
      />
      <Action
        label={t(reblogged ? 'post.unrepost' : 'post.repost', { n: status.reblogs_count })}
        icon={<Repeat2 />}
        count={status.reblogs_count}
        pressed={reblogged === true}
        name="repost"
        disabled={!repostable}
        onPress={unlessSignedOut(() => act(reblogged ? 'unreblog' : 'reblog', id))}
      />
      <Action
        label={t(favourited ? 'post.unlike' : 'post.like', { n: status.favourites_count })}
        icon={<Heart />}
        count={status.favourites_count}
        pressed={favourited === true}
        name="like"
        onPress={unlessSignedOut(() => act(favourited ? 'unfavourite' : 'favourite', id))}
      />
      {signedIn && (
        <>
          <Action
            label={t(bookmarked ? 'post.unbookmark' : 'post.bookmark')}
            icon={<Bookmark />}
            pressed={bookmarked === true}
            name="bookmark"
            onPress={() => act(bookmarked ? 'unbookmark' : 'bookmark', id)}
          />
          <PostMenuButton id={id} className={`${styles.action} ${styles.menu}`} />
        </>
      )}
    </div>
  );
}

interface ActionProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly name: 'reply' | 'repost' | 'like' | 'bookmark';
  readonly count?: number;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly onPress: () => void;
}

function Action({ label, icon, name, count = 0, pressed, disabled = false, onPress }: ActionProps) {
  return (
    <button
      type="button"
      className={`${styles.action} ${styles[name]}`}
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      disabled={disabled}
      data-act={name}
      onClick={onPress}
    >
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      {count > 0 && <span aria-hidden="true">{shortNumber(count)}</span>}
    </button>
  );
}
