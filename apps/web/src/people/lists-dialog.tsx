import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { listsQuery, listsWithQuery, setMember } from '../api/lists.ts';
import { t } from '../i18n/translate.ts';
import { ModalDialog } from '../ui/dialog.tsx';
import { FailureNotice, failureWords } from '../ui/failure-notice.tsx';
import { Choice } from '../ui/field.tsx';
import { LoadingMore } from '../ui/loading.tsx';
import { toast } from '../ui/toasts.tsx';
import { nameOf } from './name.ts';
import type { QuestionProps } from './question.ts';

/** On which of one's lists somebody stands. */
export function ListsDialog({ account, returnTo, onClose }: QuestionProps) {
  const lists = useQuery(listsQuery);
  const on = useQuery(listsWithQuery(account.id));
  const error = lists.error ?? on.error;
  const turn = (listId: string, wanted: boolean) =>
    setMember(listId, account.id, wanted).catch((failure: unknown) => toast(failureWords(failure)));
  const retry = () => {
    void lists.refetch();
    void on.refetch();
  };
  return (
    <ModalDialog title={t('people.listsTitle', { name: nameOf(account) })} returnTo={returnTo} onClose={onClose}>
      {error && <FailureNotice error={error} onRetry={retry} />}
      {!error && (lists.isPending || on.isPending) && <LoadingMore />}
      {lists.data?.length === 0 && <p>{t('lists.empty')}</p>}
      {on.data && (
        <div>
          {lists.data?.map(({ id, title }) => (
            <Choice
              key={id}
              type="checkbox"
              checked={on.data.includes(id)}
              onChange={(wanted) => void turn(id, wanted)}
            >
              <bdi>{title}</bdi>
            </Choice>
          ))}
        </div>
      )}
      <p>
        <Link href="/lists">{t('lists.manage')}</Link>
      </p>
    </ModalDialog>
  );
}
