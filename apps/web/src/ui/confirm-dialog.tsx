import { type ReactNode, type RefObject, useRef, useState } from 'react';
import { t } from '../i18n/translate.ts';
import { Button } from './button.tsx';
import { DialogActions, ModalDialog } from './dialog.tsx';

interface ConfirmProps {
  readonly title: string;
  readonly children: ReactNode;
  /** What the button says that does it. */
  readonly verb: string;
  readonly returnTo?: RefObject<HTMLElement | null> | undefined;
  /** Does it; the dialog goes when that has ended. */
  readonly onConfirm: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks once more before what is hard to take back. The focus is on the way out. */
export function ConfirmDialog({ title, children, verb, returnTo, onConfirm, onClose }: ConfirmProps) {
  const [busy, setBusy] = useState(false);
  const way = useRef<HTMLButtonElement>(null);
  const confirm = async () => {
    setBusy(true);
    await onConfirm();
    onClose();
  };
  return (
    <ModalDialog title={title} description={children} returnTo={returnTo} startAt={way} onClose={onClose}>
      <DialogActions>
        <Button ref={way} onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button kind="danger" busy={busy} onClick={confirm}>
          {verb}
        </Button>
      </DialogActions>
    </ModalDialog>
  );
}
