import { Bot, Lock } from 'lucide-react';
import { Link } from 'wouter';
import { useRelationship } from '../../api/relationships.ts';
import type { Account } from '../../api/types.ts';
import { boot } from '../../app/boot.ts';
import { t } from '../../i18n/translate.ts';
import { FollowButton } from '../../people/follow-button.tsx';
import { nameOf } from '../../people/name.ts';
import { PersonMenuButton } from '../../people/person-menu-button.tsx';
import { HtmlContent } from '../../posts/content.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { Counts } from './counts.tsx';
import { FamiliarFollowers } from './familiar-followers.tsx';
import { PrivateNote } from './private-note.tsx';
import styles from './profile.module.css';
import { ProfileFields } from './profile-fields.tsx';

interface ProfileHeaderProps {
  readonly account: Account;
  /** Whether the private note is open though there is none yet. */
  readonly noting: boolean;
  readonly onNote: () => void;
}

export function ProfileHeader({ account, noting, onNote }: ProfileHeaderProps) {
  const mine = account.id === boot.account?.id;
  const other = boot.account !== null && !mine;
  return (
    <div className={styles.profile}>
      <img className={styles.header} src={account.header} alt={account.header_description} width={1500} height={500} />
      <div className={styles.top}>
        <img className={styles.avatar} src={account.avatar} alt={account.avatar_description} width={400} height={400} />
        <div className={styles.actions}>
          <PersonMenuButton account={account} onNote={onNote} />
          {mine ? (
            <Link href="/settings/profile" className={buttonClass('plain')}>
              {t('profile.edit')}
            </Link>
          ) : (
            <FollowButton account={account} small={false} />
          )}
        </div>
      </div>
      <Names account={account} />
      {account.note !== '' && (
        <div className={styles.bio} dir="auto">
          <HtmlContent html={account.note} />
        </div>
      )}
      <ProfileFields account={account} />
      <Counts account={account} />
      {other && <FamiliarFollowers id={account.id} />}
      {other && <PrivateNote account={account} open={noting} />}
    </div>
  );
}

function Names({ account }: { readonly account: Account }) {
  const { data: relationship } = useRelationship(account.id);
  return (
    <div>
      <p className={styles.name}>
        <bdi>{nameOf(account)}</bdi>
      </p>
      <p className={styles.handle}>
        <span>@{account.acct}</span>
        {account.locked && <Lock role="img" aria-label={t('profile.locked')} size={15} />}
        {account.bot && (
          <span className={styles.mark}>
            <Bot aria-hidden="true" size={15} />
            {t('profile.bot')}
          </span>
        )}
        {relationship?.followed_by && <span className={styles.mark}>{t('people.followsYou')}</span>}
      </p>
    </div>
  );
}
