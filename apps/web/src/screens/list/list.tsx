import { useQuery } from '@tanstack/react-query';
import { Pencil, Users } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { listsQuery } from '../../api/lists.ts';
import { listTimeline } from '../../api/timelines.ts';
import { t } from '../../i18n/translate.ts';
import { Timeline } from '../../timeline/timeline.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { LoadingPosts } from '../../ui/loading.tsx';
import { NotFound } from '../../ui/not-found.tsx';
import { Screen } from '../../ui/screen.tsx';

const ListDialog = lazy(() => import('../lists/list-dialog.tsx'));

/** What the people of a list say. */
export default function List({ id }: { readonly id: string }) {
  const { data: lists, error, refetch } = useQuery(listsQuery);
  const [, navigate] = useLocation();
  const [editing, setEditing] = useState(false);
  const source = useMemo(() => listTimeline(id), [id]);
  const list = lists?.find((one) => one.id === id);
  if (lists !== undefined && list === undefined) return <NotFound />;
  const title = list?.title ?? t('nav.lists');
  return (
    <Screen
      title={title}
      back
      actions={
        list && (
          <>
            <Link href={`/lists/${id}/members`} className={buttonClass('plain', true)}>
              <Users aria-hidden="true" size={18} />
              {t('lists.members')}
            </Link>
            <Button
              small
              kind="quiet"
              aria-label={t('lists.edit')}
              title={t('lists.edit')}
              onClick={() => setEditing(true)}
            >
              <Pencil aria-hidden="true" size={18} />
            </Button>
          </>
        )
      }
    >
      {list && (
        <Timeline
          source={source}
          label={title}
          empty={
            <>
              <p>{t('lists.nothing')}</p>
              <Link href={`/lists/${id}/members`} className={buttonClass('primary')}>
                {t('lists.addPeople')}
              </Link>
            </>
          }
        />
      )}
      {!list && error && <FailureNotice error={error} onRetry={() => void refetch()} />}
      {!list && !error && <LoadingPosts />}
      {editing && (
        <Suspense fallback={null}>
          <ListDialog
            list={list}
            onClose={() => setEditing(false)}
            onDeleted={() => navigate('/lists', { replace: true })}
          />
        </Suspense>
      )}
    </Screen>
  );
}
