import { Fragment } from 'react';
import { Link } from 'wouter';
import { t } from '../i18n/translate.ts';
import { ModalDialog } from '../ui/dialog.tsx';
import styles from './help-dialog.module.css';
import { KEYS, type Shortcut } from './keys.ts';

const GROUPS = {
  'shortcuts.posts': ['next', 'previous', 'open', 'like', 'repost', 'reply', 'bookmark', 'unfold'],
  'shortcuts.places': ['compose', 'search', 'home', 'local', 'profile', 'settings', 'back', 'help'],
} as const satisfies Readonly<Record<string, readonly Shortcut[]>>;

const NAMES: Readonly<Record<string, string>> = { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc' };

/** What the keys do. */
export default function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <ModalDialog title={t('shortcuts.title')} onClose={onClose}>
      {(Object.keys(GROUPS) as (keyof typeof GROUPS)[]).map((group) => (
        <section key={group}>
          <h3 className={styles.group}>{t(group)}</h3>
          <dl className={styles.list}>
            {GROUPS[group].map((shortcut) => (
              <div key={shortcut} className={styles.row}>
                <dt>{t(`shortcuts.${shortcut}`)}</dt>
                <dd className={styles.keys}>
                  <Keys shortcut={shortcut} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p>
        <Link href="/settings/appearance" onClick={onClose}>
          {t('shortcuts.off')}
        </Link>
      </p>
    </ModalDialog>
  );
}

function Keys({ shortcut }: { readonly shortcut: Shortcut }) {
  const ways = Object.entries(KEYS).filter(([, does]) => does === shortcut);
  return ways.map(([keys], way) => (
    <Fragment key={keys}>
      {way > 0 && ` ${t('shortcuts.or')} `}
      {keys.split(' ').map((key, index) => (
        <Fragment key={key}>
          {index > 0 && ` ${t('shortcuts.then')} `}
          <kbd className={styles.key}>{NAMES[key] ?? key}</kbd>
        </Fragment>
      ))}
    </Fragment>
  ));
}
