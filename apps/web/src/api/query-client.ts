import { QueryClient } from '@tanstack/react-query';
import { ApiFailure } from './failure.ts';

const MINUTE_MS = 60_000;
const MOST_RETRIES = 3;

/** What was answered, by what was asked. All that the screens know of the server is kept here. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: MINUTE_MS,
      gcTime: 30 * MINUTE_MS,
      retry: (count, error) => count < MOST_RETRIES && (!(error instanceof ApiFailure) || error.passes),
      retryDelay: (count, error) =>
        (error instanceof ApiFailure && error.retryAfterMs) || Math.min(1_000 * 2 ** count, 15_000),
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});
