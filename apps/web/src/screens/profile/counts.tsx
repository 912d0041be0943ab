import { CalendarDays } from 'lucide-react';
import { Link } from 'wouter';
import type { Account } from '../../api/types.ts';
import { shortNumber } from '../../i18n/numbers.ts';
import { currentLanguage, type MessageKey, t } from '../../i18n/translate.ts';
import { pathOfAccount } from '../../posts/paths.ts';
import styles from './profile.module.css';

export function Counts({ account }: { readonly account: Account }) {
  const path = pathOfAccount(account);
  return (
    <>
      <p className={styles.joined}>
        <CalendarDays aria-hidden="true" size={16} />
        {t('profile.joined', { month: monthOf(account.created_at) })}
      </p>
      <ul className={styles.counts}>
        <li>
          <Count n={account.statuses_count} words="profile.countPosts" />
        </li>
        <li>
          <Link href={`${path}/following`}>
            <Count n={account.following_count} words="profile.countFollowing" />
          </Link>
        </li>
        <li>
          <Link href={`${path}/followers`}>
            <Count n={account.followers_count} words="profile.countFollowers" />
          </Link>
        </li>
      </ul>
    </>
  );
}

function Count({ n, words }: { readonly n: number; readonly words: MessageKey }) {
  return (
    <>
      <strong>{shortNumber(n)}</strong> {t(words, { n })}
    </>
  );
}

function monthOf(iso: string): string {
  return new Intl.DateTimeFormat(currentLanguage(), { month: 'long', year: 'numeric' }).format(new Date(iso));
}
