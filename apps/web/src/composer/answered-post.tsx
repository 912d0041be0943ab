import { useStatus } from '../api/statuses.ts';
import type { Status } from '../api/types.ts';
import { t } from '../i18n/translate.ts';
import { PostBody } from '../posts/body.tsx';
import { Avatar } from '../ui/avatar.tsx';
import styles from './composer.module.css';

/** The post that is answered, in view. */
export function AnsweredPost({ id, known }: { readonly id: string; readonly known: Status | undefined }) {
  const { data = known } = useStatus(id);
  if (data === undefined) return null;
  const { account } = data;
  const name = account.display_name || account.username;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is longer than its box is scrolled by keyboard
    <section className={styles.answered} aria-label={t('composer.answered', { name })} tabIndex={0}>
      <p className={styles.answeredAuthor}>
        <Avatar account={account} size="small" />
        <bdi>{name}</bdi>
        <span>@{account.acct}</span>
      </p>
      <PostBody status={data} whole={false} />
    </section>
  );
}
