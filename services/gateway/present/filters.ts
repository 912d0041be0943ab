import type { Filter } from '#contracts/services/feed.ts';
import { isoTime } from './times.ts';

/** Finds which of one person's filters a post falls under. */
export interface FilterMatcher {
  /** The JSON of `filtered`: an array. */
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

/** A matcher of the filters that hold at `nowMs`; undefined when there is none. */
export function filterMatcher(filters: readonly Filter[], nowMs: number): FilterMatcher | undefined {
  const live = filters
    .filter((filter) => filter.expiresMs === null || filter.expiresMs > nowMs)
    .map((filter) => ({
      summary: filterSummary(filter),
      words: wordsPattern(filter),
      posts: new Set(filter.posts.map((post) => post.postId)),
    }));
  if (live.length === 0) return undefined;
  return {
    match(words, postIds) {
      const results: unknown[] = [];
      for (const { summary, words: pattern, posts } of live) {
        const keywords = pattern === undefined ? null : matchesOf(pattern, words);
        const statuses = postIds.filter((id) => posts.has(id));
        if (keywords === null && statuses.length === 0) continue;
        results.push({
          filter: summary,
          keyword_matches: keywords,
          status_matches: statuses.length === 0 ? null : statuses,
        });
      }
      return results.length === 0 ? '[]' : JSON.stringify(results);
    },
  };
}

/** At most this many words are told of each post. */
const MAX_MATCHES = 10;

function matchesOf(pattern: RegExp, words: string): string[] | null {
  const found = new Set<string>();
  for (const match of words.matchAll(pattern)) {
    found.add(match[0]);
    if (found.size === MAX_MATCHES) break;
  }
  return found.size === 0 ? null : [...found];
}

const WORD = '[\\p{L}\\p{M}\\p{N}_]';
const STARTS_AS_WORD = new RegExp(`^${WORD}`, 'u');
const ENDS_AS_WORD = new RegExp(`${WORD}$`, 'u');

/** All words of a filter as one pattern of alternatives, none of which can backtrack. */
function wordsPattern(filter: Filter): RegExp | undefined {
  const alternatives = filter.keywords
    .filter(({ keyword }) => keyword.trim() !== '')
    .map(({ keyword, wholeWord }) => {
      const literal = keyword.trim().replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
      if (!wholeWord) return literal;
      const before = STARTS_AS_WORD.test(keyword) ? `(?<!${WORD})` : '';
      const after = ENDS_AS_WORD.test(keyword) ? `(?!${WORD})` : '';
      return `${before}${literal}${after}`;
    });
  return alternatives.length === 0 ? undefined : new RegExp(alternatives.join('|'), 'giu');
}
