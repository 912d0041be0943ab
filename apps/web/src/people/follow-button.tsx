import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useRelationship } from '../api/relationships.ts';
import type { Account } from '../api/types.ts';
import { boot } from '../app/boot.ts';
import { type MessageKey, t } from '../i18n/translate.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { toast } from '../ui/toasts.tsx';
import { follow, unblock, unfollow } from './actions.ts';
import { type Stand, standOf } from './effects.ts';
import styles from './follow-button.module.css';
import { nameOf } from './name.ts';

/** How one stands to somebody, and the next step. Nothing for oneself. */
export function FollowButton({ account, small = true }: { readonly account: Account; readonly small?: boolean }) {
  const [path] = useLocation();
  const { data: relationship } = useRelationship(account.id);
  if (boot.account === null) {
    return (
      <a href={`/sign-in?next=${encodeURIComponent(path)}`} className={buttonClass('primary', small)}>
        {t('people.follow')}
      </a>
    );
  }
  if (boot.account.id === account.id) return null;
  if (relationship === undefined) return <span className={`${styles.waiting} ${small ? styles.small : ''}`} />;
  const stand = standOf(relationship);
  if (stand === 'blocked') return null;
  // In a list, a mark beside the handle says who follows already.
  const look = LOOKS[stand === 'follow-back' && small ? 'follow' : stand];
  const name = nameOf(account);
  return (
    <Button
      small={small}
      kind={look.kind}
      className={styles.button ?? ''}
      aria-label={look.does === undefined ? `${t(look.says)} ${name}` : `${t(look.says)}. ${t(look.does)}: ${name}`}
      data-stand={stand}
      onClick={() => STEPS[stand](account)}
    >
      <Words says={t(look.says)}>{look.does && t(look.does)}</Words>
    </Button>
  );
}

/** What is so, and, while it is pointed at, what pressing it would do. Both take the same room. */
function Words({ says, children }: { readonly says: string; readonly children: ReactNode }) {
  if (children === undefined) return <span>{says}</span>;
  return (
    <span className={styles.words}>
      <span className={styles.says}>{says}</span>
      <span className={styles.does}>{children}</span>
    </span>
  );
}

interface Look {
  readonly kind: 'primary' | 'plain' | 'danger';
  readonly says: MessageKey;
  readonly does?: MessageKey;
}

const LOOKS: Readonly<Record<Exclude<Stand, 'blocked'>, Look>> = {
  follow: { kind: 'primary', says: 'people.follow' },
  'follow-back': { kind: 'primary', says: 'people.followBack' },
  following: { kind: 'plain', says: 'people.following', does: 'people.unfollow' },
  requested: { kind: 'plain', says: 'people.requested', does: 'people.cancelRequest' },
  blocking: { kind: 'danger', says: 'people.blocked', does: 'people.unblock' },
};

const STEPS: Readonly<Record<Exclude<Stand, 'blocked'>, (account: Account) => void>> = {
  follow,
  'follow-back': follow,
  following: leave,
  requested: unfollow,
  blocking: unblock,
};

/** A slip of the finger is taken back as quickly. */
async function leave(account: Account): Promise<void> {
  if (!(await unfollow(account))) return;
  toast(t('people.unfollowed', { name: nameOf(account) }), {
    label: t('common.undo'),
    run: () => void follow(account),
  });
}
