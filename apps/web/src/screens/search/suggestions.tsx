import { useQuery, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import type { MouseEvent } from 'react';
import { rememberAccounts, useAccount } from '../../api/accounts.ts';
import { answered, api } from '../../api/client.ts';
import { t } from '../../i18n/translate.ts';
import { FollowButton } from '../../people/follow-button.tsx';
import { LoadingPeople } from '../../people/loading-people.tsx';
import { nameOf } from '../../people/name.ts';
import { PersonRow } from '../../people/person-row.tsx';
import { Empty } from '../../ui/empty.tsx';
import { FailureNotice, failureWords } from '../../ui/failure-notice.tsx';
import { toast } from '../../ui/toasts.tsx';
import styles from './search.module.css';

const KEY = ['suggestions'] as const;
const MOST = 20;

/** People whom one might want to follow. Who is followed stays where it is until the screen is left. */
export function Suggestions() {
  const {
    data: ids,
    error,
    refetch,
  } = useQuery({
    queryKey: KEY,
    queryFn: async () => {
      const found = await answered(api.GET('/api/v2/suggestions', { params: { query: { limit: MOST } } }));
      return rememberAccounts(found.map(({ account }) => account));
    },
  });
  if (ids === undefined) {
    return error ? <FailureNotice error={error} onRetry={() => void refetch()} /> : <LoadingPeople />;
  }
  if (ids.length === 0) return <Empty>{t('search.hint')}</Empty>;
  return (
    <section aria-labelledby="suggested">
      <h2 id="suggested" className={styles.kind}>
        {t('search.suggested')}
      </h2>
      <ul>
        {ids.map((id) => (
          <li key={id} data-result>
            <PersonRow id={id} actions={<Actions id={id} />} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Actions({ id }: { readonly id: string }) {
  const client = useQueryClient();
  const { data: account } = useAccount(id);
  if (account === undefined) return null;
  const dismiss = async (event: MouseEvent<HTMLButtonElement>) => {
    // The row goes away: the focus goes on to the next one.
    const row = event.currentTarget.closest('li');
    (row?.nextElementSibling ?? row?.previousElementSibling)?.querySelector('a')?.focus();
    const before = client.getQueryData<string[]>(KEY);
    client.setQueryData<string[]>(KEY, (ids) => ids?.filter((one) => one !== id));
    try {
      await api.DELETE('/api/v1/suggestions/{id}', { params: { path: { id } } });
    } catch (error) {
      client.setQueryData(KEY, before);
      toast(failureWords(error));
    }
  };
  return (
    <>
      <FollowButton account={account} />
      <button
        type="button"
        className={styles.dismiss}
        aria-label={t('search.dismiss', { name: nameOf(account) })}
        onClick={dismiss}
      >
        <X aria-hidden="true" size={18} />
      </button>
    </>
  );
}
