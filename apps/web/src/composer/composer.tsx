import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { t } from '../i18n/translate.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { LoadingMore } from '../ui/loading.tsx';
import round from '../ui/round-button.module.css';
import styles from './composer.module.css';
import { ComposerForm } from './composer-form.tsx';
import { leaveDraft } from './current-drafts.ts';
import type { Draft } from './draft.ts';
import { draftOfIntent } from './draft-of-intent.ts';
import { type ComposerIntent, closeAsked } from './open.ts';

/** Where posts are written: in front of everything else, on a phone over the whole screen. Closing it loses nothing. */
export default function Composer({ intent }: { readonly intent: ComposerIntent }) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && closeAsked()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.popup} initialFocus={textField}>
          <header className={styles.head}>
            <Dialog.Title className={styles.title}>{t(titleOf(intent))}</Dialog.Title>
            <Link href="/drafts" className={styles.drafts}>
              {t('drafts.title')}
            </Link>
            <Dialog.Close className={round.round} aria-label={t('common.close')}>
              <X aria-hidden="true" size={20} />
            </Dialog.Close>
          </header>
          <Content key={intent.draft?.slot ?? intent.edit?.id ?? intent.replyTo?.id} intent={intent} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const textField = () => document.querySelector<HTMLElement>('[data-composer-text]');

function titleOf({ edit, replyTo, draft }: ComposerIntent) {
  if (edit !== undefined || draft?.editId) return 'composer.titleEdit';
  return replyTo !== undefined || draft?.replyToId ? 'composer.titleReply' : 'composer.title';
}

/** The form, as soon as it is known what stands in it. */
function Content({ intent }: { readonly intent: ComposerIntent }) {
  const [draft, setDraft] = useState<Draft>();
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the same again
  useEffect(() => {
    let wanted = true;
    const beginning = draftOfIntent(intent);
    beginning.then(
      (begun) => wanted && setDraft(begun),
      (failure) => wanted && setError(failure),
    );
    return () => {
      wanted = false;
      beginning.then(({ slot }) => leaveDraft(slot)).catch(() => {});
    };
  }, [intent, attempt]);
  const retry = () => {
    setError(undefined);
    setAttempt(attempt + 1);
  };
  if (draft !== undefined) return <ComposerForm begun={draft} replyTo={intent.replyTo} failure={intent.failure} />;
  return error === undefined ? <LoadingMore /> : <FailureNotice error={error} onRetry={retry} />;
}
