import { useQuery } from '@tanstack/react-query';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { deleteFilter, filtersQuery } from '../../api/filters.ts';
import type { Filter } from '../../api/types.ts';
import { relativeTime } from '../../i18n/times.ts';
import { type MessageKey, t } from '../../i18n/translate.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { FailureNotice, failureWords } from '../../ui/failure-notice.tsx';
import { LoadingMore } from '../../ui/loading.tsx';
import round from '../../ui/round-button.module.css';
import { Screen } from '../../ui/screen.tsx';
import { toast } from '../../ui/toasts.tsx';
import styles from './filters.module.css';

const FilterDialog = lazy(() => import('./filter-dialog.tsx'));
const ConfirmDialog = lazy(async () => ({ default: (await import('../../ui/confirm-dialog.tsx')).ConfirmDialog }));

type Asked = { readonly edit: Filter | undefined } | { readonly remove: Filter };

/** What somebody would rather not read. */
export default function Filters() {
  const { data: filters, error, refetch } = useQuery(filtersQuery);
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  const create = () => setAsked({ edit: undefined });
  return (
    <Screen
      title={t('filters.title')}
      back
      actions={
        <Button small kind="primary" onClick={create}>
          <Plus aria-hidden="true" size={18} />
          {t('filters.new')}
        </Button>
      }
    >
      <p className={styles.lead}>{t('filters.lead')}</p>
      {filters === undefined && error && <FailureNotice error={error} onRetry={() => void refetch()} />}
      {filters === undefined && !error && <LoadingMore />}
      {filters?.length === 0 && (
        <Empty>
          <p>{t('filters.empty')}</p>
        </Empty>
      )}
      <ul>
        {filters?.map((filter) => (
          <li key={filter.id} className={styles.row}>
            <Summary filter={filter} />
            <button
              type="button"
              className={`${round.round} ${styles.tool}`}
              aria-label={t('filters.editNamed', { title: filter.title })}
              onClick={() => setAsked({ edit: filter })}
            >
              <Pencil aria-hidden="true" size={18} />
            </button>
            <button
              type="button"
              className={`${round.round} ${styles.tool}`}
              aria-label={t('filters.deleteNamed', { title: filter.title })}
              onClick={() => setAsked({ remove: filter })}
            >
              <Trash2 aria-hidden="true" size={18} />
            </button>
          </li>
        ))}
      </ul>
      <Suspense>
        {asked && 'edit' in asked && <FilterDialog filter={asked.edit} onClose={close} />}
        {asked && 'remove' in asked && (
          <ConfirmDialog
            title={t('filters.deleteNamed', { title: asked.remove.title })}
            verb={t('common.delete')}
            onConfirm={() => deleteFilter(asked.remove.id).catch((failure) => toast(failureWords(failure)))}
            onClose={close}
          >
            {t('filters.deleteSure')}
          </ConfirmDialog>
        )}
      </Suspense>
    </Screen>
  );
}

function Summary({ filter }: { readonly filter: Filter }) {
  const { title, keywords, statuses, context, filter_action, expires_at } = filter;
  const words = keywords.map(({ keyword }) => keyword);
  if (statuses.length > 0) words.push(t('filters.posts', { n: statuses.length }));
  return (
    <div className={styles.summary}>
      <strong dir="auto">{title}</strong>
      <span dir="auto">{words.join(', ')}</span>
      <span className={styles.quiet}>
        {t(`filters.${filter_action}` satisfies MessageKey)}
        {' · '}
        {context.map((one) => t(`filters.${one}` satisfies MessageKey)).join(', ')}
        {expires_at !== null && ` · ${endOf(expires_at)}`}
      </span>
    </div>
  );
}

function endOf(iso: string): string {
  return Date.parse(iso) < Date.now() ? t('filters.ended') : t('filters.ends', { time: relativeTime(iso) });
}
