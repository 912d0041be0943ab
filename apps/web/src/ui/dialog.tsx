import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { t } from '../i18n/translate.ts';
import styles from './dialog.module.css';

interface ModalProps {
  readonly title: string;
  readonly description?: ReactNode;
  /** Where the focus goes afterwards, when it is not what opened the dialog. */
  readonly returnTo?: RefObject<HTMLElement | null> | undefined;
  /** What gets the focus at first, when it is not the first that can have it. */
  readonly startAt?: RefObject<HTMLElement | null> | undefined;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Something to be done before anything else goes on. Whoever uses it fetches it lazily: it brings a part of the library along. */
export function ModalDialog({ title, description, returnTo, startAt, onClose, children }: ModalProps) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.popup} finalFocus={returnTo} initialFocus={startAt}>
          <header className={styles.head}>
            <Dialog.Title className={styles.title}>{title}</Dialog.Title>
            <Dialog.Close className={styles.close} aria-label={t('common.close')}>
              <X aria-hidden="true" size={20} />
            </Dialog.Close>
          </header>
          {description && <Dialog.Description className={styles.description}>{description}</Dialog.Description>}
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The buttons at the foot of a dialog. */
export function DialogActions({ children }: { readonly children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
