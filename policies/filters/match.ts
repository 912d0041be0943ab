import type { Filter } from '#contracts/services/feed.ts';

export interface FilterResult {
  readonly filter: Filter;
  /** Keywords that were found, as the person wrote them. */
  readonly keywords: readonly string[];
  /** Which of the posts stand in the filter. */
  readonly postIds: readonly string[];
}

/** The filters of one person, made ready. */
export interface CompiledFilters {
  /**
   * Filters that a post falls under at this time, in any context; none for most. `text` comes from {@link searchText}. `postIds`: the post's, and that of
   * what it reposts.
   */
  match(text: string, postIds: readonly string[], nowMs: number): readonly FilterResult[];
  /** Whether any filter holds at this time. */
  holdAt(nowMs: number): boolean;
  /** When the next filter ends that holds at this time; Infinity when none does. */
  endAfter(nowMs: number): number;
}

interface CompiledFilter {
  readonly filter: Filter;
  readonly keywords: readonly { readonly keyword: string; readonly found: (text: string) => boolean }[];
  readonly postIds: ReadonlySet<string>;
}

/**
 * Makes a person's filters ready; keep the result until the filters change. A keyword is looked for as it stands and is never a pattern, so no keyword makes
 * matching take more than a step for each character of the text and of the keyword.
 */
export function compileFilters(filters: readonly Filter[]): CompiledFilters {
  const compiled = filters.map(compile);
  const holds = ({ filter }: CompiledFilter, nowMs: number) => filter.expiresMs === null || filter.expiresMs > nowMs;
  return {
    match(text, postIds, nowMs) {
      const results: FilterResult[] = [];
      for (const one of compiled) {
        if (!holds(one, nowMs)) continue;
        const keywords = one.keywords.filter(({ found }) => found(text)).map(({ keyword }) => keyword);
        const named = one.postIds.size === 0 ? [] : postIds.filter((id) => one.postIds.has(id));
        if (keywords.length > 0 || named.length > 0) results.push({ filter: one.filter, keywords, postIds: named });
      }
      return results;
    },
    holdAt: (nowMs) => compiled.some((one) => holds(one, nowMs)),
    endAfter: (nowMs) => {
      const ends = compiled.filter((one) => holds(one, nowMs)).map(({ filter }) => filter.expiresMs ?? Infinity);
      return Math.min(Infinity, ...ends);
    },
  };
}

function compile(filter: Filter): CompiledFilter {
  return {
    filter,
    keywords: filter.keywords.flatMap(({ keyword, wholeWord }) => {
      const needle = folded(keyword.trim());
      if (needle === '') return [];
      return [{ keyword, found: (text: string) => contains(text, needle, wholeWord) }];
    }),
    postIds: new Set(filter.posts.map(({ postId }) => postId)),
  };
}

/**
 * What filters search of a post, made ready: its warning, text, descriptions and poll, or for a repost those of what it reposts. The separator is part of no word
 * and of no keyword. What was made ready may be a part again.
 */
export function searchText(parts: readonly string[]): string {
  return folded(parts.join('\n\0\n'));
}

/** Case, composition and widths of letters make no difference. */
function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

const WORD = /[\p{L}\p{M}\p{N}_]/u;

/**
 * Whether `needle` stands in `text`. As a whole word, an end of the needle that is a letter or digit must not continue in the text; an end that is
 * something else (`#tag`, `:)`) may touch anything.
 */
function contains(text: string, needle: string, wholeWord: boolean): boolean {
  let at = text.indexOf(needle);
  if (!wholeWord || at < 0) return at >= 0;
  const startsAsWord = WORD.test(firstCharacter(needle));
  const endsAsWord = WORD.test(lastCharacter(needle));
  for (; at >= 0; at = text.indexOf(needle, at + 1)) {
    const end = at + needle.length;
    if (startsAsWord && at > 0 && WORD.test(lastCharacter(text.slice(Math.max(0, at - 2), at)))) continue;
    if (endsAsWord && end < text.length && WORD.test(firstCharacter(text.slice(end, end + 2)))) continue;
    return true;
  }
  return false;
}

function firstCharacter(text: string): string {
  return String.fromCodePoint(text.codePointAt(0)!);
}

function lastCharacter(text: string): string {
  const low = text.charCodeAt(text.length - 1);
  const isPair = low >= 0xdc00 && low <= 0xdfff && text.length > 1;
  return isPair ? text.slice(-2) : text.slice(-1);
}
