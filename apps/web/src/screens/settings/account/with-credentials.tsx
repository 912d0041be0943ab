import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Credentials, credentialsQuery } from '../../../api/credentials.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { LoadingMore } from '../../../ui/loading.tsx';

/** What needs to know with what somebody signs in. */
export function WithCredentials({ children }: { readonly children: (credentials: Credentials) => ReactNode }) {
  const { data, error, refetch } = useQuery(credentialsQuery);
  if (data !== undefined) return children(data);
  if (error !== null) return <FailureNotice error={error} onRetry={() => void refetch()} />;
  return <LoadingMore />;
}
