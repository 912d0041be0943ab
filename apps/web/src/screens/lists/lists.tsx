import { useQuery } from '@tanstack/react-query';
import { List as ListIcon, Pencil, Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'wouter';
import { listsQuery } from '../../api/lists.ts';
import type { List } from '../../api/types.ts';
import { t } from '../../i18n/translate.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { LoadingMore } from '../../ui/loading.tsx';
import { Screen } from '../../ui/screen.tsx';
import styles from './lists.module.css';

const ListDialog = lazy(() => import('./list-dialog.tsx'));

/** One's lists of people, each a timeline of its own. */
export default function Lists() {
  const { data: lists, error, refetch } = useQuery(listsQuery);
  const [edited, setEdited] = useState<List | 'new'>();
  const create = () => setEdited('new');
  return (
    <Screen
      title={t('nav.lists')}
      actions={
        <Button small kind="primary" onClick={create}>
          <Plus aria-hidden="true" size={18} />
          {t('lists.new')}
        </Button>
      }
    >
      {lists === undefined && error && <FailureNotice error={error} onRetry={() => void refetch()} />}
      {lists === undefined && !error && <LoadingMore />}
      {lists?.length === 0 && (
        <Empty>
          <p>{t('lists.lead')}</p>
          <Button onClick={create}>{t('lists.new')}</Button>
        </Empty>
      )}
      <ul>
        {lists?.map((list) => (
          <li key={list.id} className={styles.row}>
            <Link href={`/lists/${list.id}`} className={styles.list}>
              <ListIcon aria-hidden="true" size={20} />
              <bdi>{list.title}</bdi>
            </Link>
            <button
              type="button"
              className={styles.edit}
              aria-label={t('lists.editNamed', { title: list.title })}
              onClick={() => setEdited(list)}
            >
              <Pencil aria-hidden="true" size={18} />
            </button>
          </li>
        ))}
      </ul>
      {edited && (
        <Suspense fallback={null}>
          <ListDialog list={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />
        </Suspense>
      )}
    </Screen>
  );
}
