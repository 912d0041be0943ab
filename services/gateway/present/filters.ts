import type { Filter } from '#contracts/services/feed.ts';
import type { CompiledFilters } from '#policies/filters/match.ts';
import { isoTime } from './times.ts';

/** Finds which of one person's filters a post falls under. */
export interface FilterMatcher {
  /** The JSON of `filtered`: an array. `words` comes from `searchText`. */
  match(words: string, postIds: readonly string[]): string;
}

export function filterSummary(filter: Filter) {
  return {
    id: filter.id,
    title: filter.title,
    context: filter.contexts,
    expires_at: filter.expiresMs === null ? null : isoTime(filter.expiresMs),
    filter_action: filter.action,
  };
}

/** At most this many words are told of each post. */
const MAX_MATCHES = 10;

/** A matcher of the filters that hold at `nowMs`; undefined when there is none. */
export function filterMatcher(filters: CompiledFilters, nowMs: number): FilterMatcher | undefined {
  if (!filters.holdAt(nowMs)) return undefined;
  return {
    match(words, postIds) {
      const found = filters.match(words, postIds, nowMs);
      if (found.length === 0) return '[]';
      return JSON.stringify(
        found.map((result) => ({
          filter: filterSummary(result.filter),
          keyword_matches: result.keywords.length === 0 ? null : result.keywords.slice(0, MAX_MATCHES),
          status_matches: result.postIds.length === 0 ? null : result.postIds,
        })),
      );
    },
  };
}
