import { MoreHorizontal } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Account } from '../api/types.ts';
import { t } from '../i18n/translate.ts';
import { nameOf } from './name.ts';
import styles from './person-menu.module.css';

const PersonMenu = lazy(() => import('./person-menu.tsx'));

interface PersonMenuButtonProps {
  readonly account: Account;
  /** Opens the private note. */
  readonly onNote: () => void;
}

/** The button of what can be done about somebody. The menu itself is fetched when it is first asked for. */
export function PersonMenuButton({ account, onNote }: PersonMenuButtonProps) {
  const [wanted, setWanted] = useState(false);
  const label = t('people.menu', { name: nameOf(account) });
  const button = (
    <button
      type="button"
      className={styles.button}
      aria-label={label}
      aria-haspopup="menu"
      title={label}
      onClick={() => setWanted(true)}
    >
      <MoreHorizontal aria-hidden="true" size={20} />
    </button>
  );
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <PersonMenu account={account} onNote={onNote} />
    </Suspense>
  );
}
