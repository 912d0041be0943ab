import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { answered, api } from '../api/client.ts';
import type { TypedName } from './completion.ts';

/** Somebody, or a hashtag, that may be meant. */
export interface Suggestion {
  /** What is written for it, without `@` or `#`. */
  readonly name: string;
  readonly label: string;
  readonly avatar: string | null;
}

const MOST = 6;
const PAUSE_MS = 150;

/** Who or what begins with what is typed. Nothing while nothing is typed, or when it cannot be asked. */
export function useSuggestions(typed: TypedName | undefined): readonly Suggestion[] {
  const settled = useSettled(typed);
  const { data } = useQuery({
    queryKey: ['suggestions', settled?.kind, settled?.query.toLowerCase()],
    queryFn: ({ signal }) => suggestionsFor(settled!, signal),
    enabled: settled !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (typed === undefined || settled?.kind !== typed.kind) return [];
  return data ?? [];
}

async function suggestionsFor({ kind, query }: TypedName, signal: AbortSignal): Promise<Suggestion[]> {
  if (kind === '@') {
    const accounts = await answered(
      api.GET('/api/v1/accounts/search', { params: { query: { q: query, limit: MOST } }, signal }),
    );
    return accounts.map(({ acct, display_name, username, avatar }) => ({
      name: acct,
      label: display_name || username,
      avatar,
    }));
  }
  const { hashtags } = await answered(
    api.GET('/api/v2/search', { params: { query: { q: query, type: 'hashtags', limit: MOST } }, signal }),
  );
  return hashtags.map(({ name }) => ({ name, label: '', avatar: null }));
}

/** What is typed, once it has paused; at once when it ends. */
function useSettled(typed: TypedName | undefined): TypedName | undefined {
  const [settled, setSettled] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return typed && settled;
}
