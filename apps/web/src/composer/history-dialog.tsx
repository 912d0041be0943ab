import { useQuery } from '@tanstack/react-query';
import { answered, api } from '../api/client.ts';
import type { Status } from '../api/types.ts';
import { exactTime } from '../i18n/times.ts';
import { t } from '../i18n/translate.ts';
import { HtmlContent } from '../posts/content.tsx';
import { ModalDialog } from '../ui/dialog.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { LoadingMore } from '../ui/loading.tsx';
import styles from './history-dialog.module.css';
import { closeAsked } from './open.ts';

/** What a post said, the newest first. */
export default function HistoryDialog({ status }: { readonly status: Status }) {
  const { id, mentions, language } = status;
  const { data, error, refetch } = useQuery({
    queryKey: ['history', id],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/statuses/{id}/history', { params: { path: { id } }, signal })),
  });
  return (
    <ModalDialog title={t('history.title')} onClose={closeAsked}>
      {error !== null && <FailureNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingMore />}
      <ol className={styles.versions}>
        {data?.toReversed().map(({ created_at, content, spoiler_text, media_attachments, poll }, index) => (
          <li key={created_at} className={styles.version}>
            <h3 className={styles.when}>{index === 0 ? t('history.now') : exactTime(created_at)}</h3>
            {spoiler_text !== '' && (
              <p>
                <strong dir="auto">{spoiler_text}</strong>
              </p>
            )}
            <div dir="auto" lang={language ?? undefined}>
              <HtmlContent html={content} mentions={mentions} />
            </div>
            {poll !== null && <p className={styles.note}>{poll.options.map(({ title }) => title).join(' · ')}</p>}
            {media_attachments.length > 0 && (
              <p className={styles.note}>{t('drafts.files', { n: media_attachments.length })}</p>
            )}
          </li>
        ))}
      </ol>
    </ModalDialog>
  );
}
