import { ApiFailure } from '../api/failure.ts';
import { type MessageKey, t } from '../i18n/translate.ts';
import { Button } from './button.tsx';
import styles from './notice.module.css';
import type { RefusalKeys } from './refusal-keys.ts';
import { refusalWords } from './refusal-words.ts';

const WORDS = {
  offline: 'failure.offline',
  server: 'failure.server',
  'rate-limited': 'failure.rateLimited',
  'signed-out': 'failure.signedOut',
  forbidden: 'failure.forbidden',
  'not-found': 'failure.notFound',
} satisfies Record<string, MessageKey>;

/** What went wrong, in a sentence; `own` is what codes of the server mean where it is shown. */
export function failureWords(error: unknown, own?: RefusalKeys): string {
  if (!(error instanceof ApiFailure)) return t('failure.screen');
  if (error.kind !== 'refused') return t(WORDS[error.kind]);
  return Object.values(refusalWords(error, own))[0] ?? error.message;
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
