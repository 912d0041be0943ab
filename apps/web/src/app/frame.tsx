import { lazy, Suspense } from 'react';
import { AskedHost } from '../composer/asked-host.tsx';
import { t, useLanguage } from '../i18n/translate.ts';
import { PostMenuHost } from '../posts/post-menu-host.tsx';
import { Toasts } from '../ui/toasts.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import styles from './frame.module.css';
import { Navigation } from './navigation.tsx';
import { ScreenOutlet } from './screen-outlet.tsx';

const Shortcuts = lazy(() => import('../shortcuts/shortcuts.tsx'));

/** The page: navigation, and the screen of the address beside it. */
export function Frame() {
  const language = useLanguage();
  return (
    <div className={styles.frame} key={language}>
      <a className={styles.skip} href="#main">
        {t('common.skip')}
      </a>
      <Navigation />
      <main id="main" className={styles.main} tabIndex={-1}>
        <ScreenOutlet />
      </main>
      <AskedHost />
      <PostMenuHost />
      <ConnectionBanner />
      <Toasts />
      <Suspense>
        <Shortcuts />
      </Suspense>
    </div>
  );
}
