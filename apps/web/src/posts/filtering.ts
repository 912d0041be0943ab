import { createContext, useContext } from 'react';
import type { Filter, Status } from '../api/types.ts';

/** Where posts are read, as filters name it; null where filters do not apply: what one likes or keeps was chosen by oneself. */
export type Reading = Exclude<Filter['context'][number], 'notifications'> | null;

const ReadingContext = createContext<Reading>(null);
export const ReadingIn = ReadingContext.Provider;

export function useReading(): Reading {
  return useContext(ReadingContext);
}

type Hit = Status['filtered'] extends readonly (infer One)[] | undefined ? One : never;
type FilterHit = Hit & { readonly filter: Pick<Filter, 'title' | 'context' | 'filter_action' | 'expires_at'> };

/** The filters of the reader that a post meets here. */
function hitsOf(status: Status, reading: Reading, nowMs: number): readonly FilterHit[] {
  const shown = status.reblog ?? status;
  const hits = (shown.filtered ?? []) as readonly FilterHit[];
  return hits.filter(
    ({ filter: { context, expires_at } }) =>
      reading !== null && context.includes(reading) && (expires_at === null || Date.parse(expires_at) > nowMs),
  );
}

/** Whether a post is left out of a list altogether. */
export function isHiddenByFilter(status: Status, reading: Reading, nowMs = Date.now()): boolean {
  return hitsOf(status, reading, nowMs).some(({ filter }) => filter.filter_action === 'hide');
}

/** The title of the filter behind which a post is folded; undefined when it is shown. What a conversation would have to leave out is folded there. */
export function warningOf(status: Status, reading: Reading, nowMs = Date.now()): string | undefined {
  return hitsOf(status, reading, nowMs).find(({ filter }) => filter.filter_action !== 'blur')?.filter.title;
}

/** Whether the pictures of a post are covered. */
export function coversMedia(status: Status, reading: Reading, nowMs = Date.now()): boolean {
  return hitsOf(status, reading, nowMs).some(({ filter }) => filter.filter_action === 'blur');
}
