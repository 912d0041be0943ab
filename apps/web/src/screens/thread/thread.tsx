import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiFailure } from '../../api/failure.ts';
import { useStatus } from '../../api/statuses.ts';
import { contextQuery } from '../../api/threads.ts';
import type { Status } from '../../api/types.ts';
import { t } from '../../i18n/translate.ts';
import { ReadingIn } from '../../posts/filtering.ts';
import { Post } from '../../posts/post.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { LoadingMore, LoadingPosts } from '../../ui/loading.tsx';
import { NotFound } from '../../ui/not-found.tsx';
import { Screen } from '../../ui/screen.tsx';
import { PostDetails } from './details.tsx';
import { Replies } from './replies.tsx';
import styles from './thread.module.css';
import { foldAncestors } from './tree.ts';
import { useLanding } from './use-landing.ts';

/** A post, what it answers, and what answers it. */
export default function Thread({ postId }: { readonly postId: string }) {
  const { data: status, error, refetch } = useStatus(postId);
  const context = useQuery(contextQuery(postId));
  const gone = [error, context.error].find((one) => one instanceof ApiFailure && one.kind === 'not-found');
  if (gone !== undefined) return <NotFound />;
  const name = status && (status.account.display_name || status.account.username);
  return (
    <Screen title={name === undefined ? t('thread.post') : t('post.by', { name })} back>
      {status === undefined && error && <FailureNotice error={error} onRetry={() => void refetch()} />}
      {status === undefined && !error && <LoadingPosts count={3} />}
      {status && (
        <ReadingIn value="thread">
          <Conversation status={status} ancestors={context.data?.ancestors ?? []}>
            {context.data && <Replies root={postId} turns={context.data.replies} />}
            {context.isPending && (status.replies_count > 0 || status.in_reply_to_id !== null) && <LoadingMore />}
            {context.isError && <FailureNotice error={context.error} onRetry={() => void context.refetch()} />}
          </Conversation>
        </ReadingIn>
      )}
    </Screen>
  );
}

interface ConversationProps {
  readonly status: Status;
  readonly ancestors: readonly string[];
  readonly children: React.ReactNode;
}

function Conversation({ status, ancestors, children }: ConversationProps) {
  const [unfolded, setUnfolded] = useState(false);
  const { first, folded, last } = foldAncestors(ancestors, unfolded);
  const { before, focus } = useLanding(first.length + last.length);
  return (
    <div className={styles.thread}>
      <div ref={before} className={styles.before}>
        {first.map((id) => (
          <Post key={id} id={id} line="below" />
        ))}
        {folded > 0 && (
          <button type="button" className={styles.more} onClick={() => setUnfolded(true)}>
            {t('thread.showEarlier', { n: folded })}
          </button>
        )}
        {last.map((id) => (
          <Post key={id} id={id} line="below" />
        ))}
      </div>
      <div ref={focus} className={ancestors.length > 0 ? styles.room : ''}>
        <Post id={status.id} details={<PostDetails status={status} />} />
        {children}
      </div>
    </div>
  );
}
