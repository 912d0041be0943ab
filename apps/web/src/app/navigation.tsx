import { Bookmark, Globe, Heart, Home, List, Menu, PenLine, Search, Settings, User } from 'lucide-react';
import type { ComponentType } from 'react';
import { Link, useLocation } from 'wouter';
import { openComposer } from '../composer/open.ts';
import { type MessageKey, t } from '../i18n/translate.ts';
import { buttonClass } from '../ui/button.tsx';
import { boot } from './boot.ts';
import styles from './navigation.module.css';

interface Entry {
  readonly href: string;
  readonly label: MessageKey;
  readonly icon: ComponentType<{ readonly 'aria-hidden': 'true' }>;
  /** The bar of a phone has room for five; what it leaves out stands behind the last of them. */
  readonly only?: 'wide' | 'narrow';
}

/** Where one can go. A bar at the foot of a phone, a column on wider screens. */
export function Navigation() {
  const [path] = useLocation();
  return (
    <nav className={styles.nav} aria-label={t('nav.label')} data-at-forms={path.startsWith('/settings') || undefined}>
      <Link href="/" className={styles.brand} aria-label={boot.instance.title}>
        <img src="/icon.svg" alt="" width={32} height={32} />
        <span>{boot.instance.title}</span>
      </Link>
      <ul className={styles.list}>
        {entries().map(({ href, label, icon: Icon, only }) => (
          <li key={href} className={only && styles[only]}>
            <Link href={href} className={styles.entry} aria-current={path === href ? 'page' : undefined}>
              <Icon aria-hidden="true" />
              <span>{t(label)}</span>
            </Link>
          </li>
        ))}
      </ul>
      {boot.account === null ? <WaysIn /> : <ComposeButton />}
    </nav>
  );
}

function entries(): readonly Entry[] {
  const { account } = boot;
  if (account === null) return [{ href: '/', label: 'nav.local', icon: Globe }];
  return [
    { href: '/', label: 'nav.home', icon: Home },
    { href: '/public', label: 'nav.local', icon: Globe },
    { href: '/search', label: 'nav.search', icon: Search },
    { href: '/lists', label: 'nav.lists', icon: List, only: 'wide' },
    { href: '/favourites', label: 'nav.favourites', icon: Heart, only: 'wide' },
    { href: '/bookmarks', label: 'nav.bookmarks', icon: Bookmark, only: 'wide' },
    { href: `/@${account.acct}`, label: 'nav.profile', icon: User },
    { href: '/settings', label: 'nav.settings', icon: Settings, only: 'wide' },
    { href: '/more', label: 'nav.more', icon: Menu, only: 'narrow' },
  ];
}

function WaysIn() {
  return (
    <div className={styles.ways}>
      {boot.instance.sign_up !== 'closed' && (
        <a href="/sign-up" className={buttonClass('primary')}>
          {t('common.signUp')}
        </a>
      )}
      <a href="/sign-in" className={buttonClass('plain')}>
        {t('common.signIn')}
      </a>
    </div>
  );
}

function ComposeButton() {
  return (
    <a
      href="/compose"
      className={`${buttonClass('primary')} ${styles.compose}`}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        openComposer();
      }}
    >
      <PenLine aria-hidden="true" size={20} />
      <span>{t('nav.post')}</span>
    </a>
  );
}
