import { useQuery } from '@tanstack/react-query';
import { answered, api } from './client.ts';
import { ApiFailure } from './failure.ts';
import { queryClient } from './query-client.ts';
import type { Account } from './types.ts';

/** People stand in the cache once, by id; their handles lead to the id. */
export const accountKey = (id: string) => ['account', id] as const;
const handleKey = (acct: string) => ['handle', acct.toLowerCase()] as const;

/** Files accounts, and returns their ids in order. */
export function rememberAccounts(accounts: readonly Account[]): string[] {
  for (const account of accounts) rememberAccount(account);
  return accounts.map(({ id }) => id);
}

export function rememberAccount(account: Account): void {
  queryClient.setQueryData(accountKey(account.id), account);
  queryClient.setQueryData(handleKey(account.acct), account.id);
}

/** The account as it is known now. */
export function knownAccount(id: string): Account | undefined {
  return queryClient.getQueryData<Account>(accountKey(id));
}

/** Changes what is known of a person, wherever the person is shown. */
export function changeAccount(id: string, change: (account: Account) => Account): void {
  queryClient.setQueryData<Account>(accountKey(id), (account) => account && change(account));
}

/** A person by id: from the cache, else from the server. */
export function useAccount(id: string | undefined) {
  return useQuery({
    queryKey: accountKey(id ?? ''),
    queryFn: async () => {
      const account = await answered(api.GET('/api/v1/accounts/{id}', { params: { path: { id: id! } } }));
      queryClient.setQueryData(handleKey(account.acct), account.id);
      return account;
    },
    enabled: id !== undefined,
    // Lists and handles bring people anew; a row of a list does not ask once more.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** A person by handle. What is known of somebody is shown at once, and asked for anew behind it. */
export function useAccountByHandle(acct: string) {
  const handle = useQuery({
    queryKey: handleKey(acct),
    queryFn: async () => {
      const account = await answered(api.GET('/api/v1/accounts/lookup', { params: { query: { acct } } }));
      queryClient.setQueryData(accountKey(account.id), account);
      return account.id;
    },
  });
  const account = useAccount(handle.data);
  const gone = handle.error instanceof ApiFailure && handle.error.kind === 'not-found';
  return {
    account: gone ? undefined : account.data,
    error: handle.error ?? account.error,
    retry: () => void (handle.isError ? handle.refetch() : account.refetch()),
  };
}
