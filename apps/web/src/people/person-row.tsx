import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useAccount } from '../api/accounts.ts';
import { useRelationship } from '../api/relationships.ts';
import { t, useLanguage } from '../i18n/translate.ts';
import { pathOfAccount } from '../posts/paths.ts';
import { Avatar } from '../ui/avatar.tsx';
import { FollowButton } from './follow-button.tsx';
import { nameOf } from './name.ts';
import styles from './person-row.module.css';
import { plainText } from './plain-text.ts';

interface PersonRowProps {
  readonly id: string;
  /** In place of the button to follow. */
  readonly actions?: ReactNode;
  /** In place of what somebody says of themselves. */
  readonly line?: ReactNode;
}

/** Somebody in a list of people. */
export function PersonRow({ id, actions, line }: PersonRowProps) {
  useLanguage();
  const { data: account } = useAccount(id);
  const { data: relationship } = useRelationship(id);
  if (account === undefined) return null;
  return (
    <div className={styles.row}>
      <Link href={pathOfAccount(account)} className={styles.person} data-person={account.acct}>
        <Avatar account={account} />
        <span className={styles.words}>
          <span className={styles.name}>
            <bdi>{nameOf(account)}</bdi>
          </span>
          <span className={styles.handles}>
            <span className={styles.handle}>@{account.acct}</span>
            {relationship?.followed_by && <span className={styles.mark}>{t('people.followsYou')}</span>}
          </span>
          {line ?? <Bio html={account.note} />}
        </span>
      </Link>
      {actions ?? <FollowButton account={account} />}
    </div>
  );
}

function Bio({ html }: { readonly html: string }) {
  const text = plainText(html);
  return text === '' ? null : (
    <span className={styles.line}>
      <bdi>{text}</bdi>
    </span>
  );
}
