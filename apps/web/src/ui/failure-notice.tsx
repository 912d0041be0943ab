import { ApiFailure } from '../api/failure.ts';
import { type MessageKey, t } from '../i18n/translate.ts';
import { Button } from './button.tsx';
import styles from './notice.module.css';

const WORDS = {
  offline: 'failure.offline',
  server: 'failure.server',
  'rate-limited': 'failure.rateLimited',
  'signed-out': 'failure.signedOut',
  forbidden: 'failure.forbidden',
  'not-found': 'failure.notFound',
} satisfies Record<string, MessageKey>;

/** What went wrong, in a sentence. */
export function failureWords(error: unknown): string {
  if (!(error instanceof ApiFailure)) return t('failure.screen');
  return error.kind === 'refused' ? error.message : t(WORDS[error.kind]);
}

/** Says plainly that something failed, and offers to try again. */
export function FailureNotice({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  return (
    <div className={styles.notice} role="alert">
      <p>{failureWords(error)}</p>
      {onRetry && (
        <Button small onClick={onRetry}>
          {t('common.retry')}
        </Button>
      )}
    </div>
  );
}
