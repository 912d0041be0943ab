import { Bookmark, CalendarClock, FileText, Filter, Heart, List, LogOut, Settings, UserPlus } from 'lucide-react';
import type { ComponentType } from 'react';
import { Link } from 'wouter';
import { type MessageKey, t } from '../../i18n/translate.ts';
import entries from '../../ui/entries.module.css';
import { Screen } from '../../ui/screen.tsx';

interface Entry {
  readonly href: string;
  readonly label: MessageKey;
  readonly icon: ComponentType<{ readonly 'aria-hidden': 'true'; readonly size: number }>;
}

const ENTRIES: readonly Entry[] = [
  { href: '/lists', label: 'nav.lists', icon: List },
  { href: '/favourites', label: 'nav.favourites', icon: Heart },
  { href: '/bookmarks', label: 'nav.bookmarks', icon: Bookmark },
  { href: '/drafts', label: 'nav.drafts', icon: FileText },
  { href: '/scheduled', label: 'nav.scheduled', icon: CalendarClock },
  { href: '/follow-requests', label: 'nav.followRequests', icon: UserPlus },
  { href: '/filters', label: 'nav.filters', icon: Filter },
  { href: '/settings', label: 'nav.settings', icon: Settings },
];

/** What has no room in the bar of a phone. */
export default function More() {
  return (
    <Screen title={t('nav.more')}>
      <ul>
        {ENTRIES.map(({ href, label, icon: Icon }) => (
          <li key={href}>
            <Link href={href} className={entries.entry}>
              <Icon aria-hidden="true" size={20} />
              {t(label)}
            </Link>
          </li>
        ))}
        <li>
          <a href="/sign-out" className={entries.entry}>
            <LogOut aria-hidden="true" size={20} />
            {t('common.signOut')}
          </a>
        </li>
      </ul>
    </Screen>
  );
}
