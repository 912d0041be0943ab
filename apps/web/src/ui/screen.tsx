import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../i18n/translate.ts';
import styles from './screen.module.css';
import { useTitle } from './use-title.ts';

interface ScreenProps {
  readonly title: string;
  /** What can be done here, beside the title. */
  readonly actions?: ReactNode;
  /** A way back, for what is not reached from the navigation. */
  readonly back?: boolean;
  readonly children: ReactNode;
}

/** The frame of a screen: its heading, which also names the window, and its content. */
export function Screen({ title, actions, back = false, children }: ScreenProps) {
  useTitle(title);
  return (
    <>
      <header className={styles.head}>
        {back && (
          <button type="button" className={styles.back} aria-label={t('common.back')} onClick={() => history.back()}>
            <ArrowLeft aria-hidden="true" size={20} />
          </button>
        )}
        <h1 className={styles.title}>{title}</h1>
        {actions}
      </header>
      {children}
    </>
  );
}
