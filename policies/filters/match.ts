import type { Filter, FilterContext } from '#contracts/services/feed.ts';

/** What of a post filters look at. For a repost: of what it reposts. */
export interface FilteredContent {
  readonly id: string;
  readonly text: string;
  readonly contentWarning: string;
  /** Descriptions of its pictures. */
  readonly descriptions: readonly string[];
  readonly pollOptions: readonly string[];
}

export interface FilterResult {
  readonly filter: Filter;
  /** Keywords that were found, as the person wrote them. */
  readonly keywords: readonly string[];
  /** Whether the post itself stands in the filter. */
  readonly postMatches: boolean;
}

/** The filters of one person, made ready. */
export interface CompiledFilters {
  /** Filters that act on this content in this context at this time; empty for most. */
  match(content: FilteredContent, context: FilterContext, nowMs: number): readonly FilterResult[];
  /** Whether any filter may act in this context at this time, so that a caller need not fetch content for nothing. */
  actsIn(context: FilterContext, nowMs: number): boolean;
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
  const acts = ({ filter }: CompiledFilter, context: FilterContext, nowMs: number) =>
    filter.contexts.includes(context) && (filter.expiresMs === null || filter.expiresMs > nowMs);
  return {
    match(content, context, nowMs) {
      let text: string | undefined;
      const results: FilterResult[] = [];
      for (const one of compiled) {
        if (!acts(one, context, nowMs)) continue;
        if (one.keywords.length > 0) text ??= searchText(content);
        const keywords = one.keywords.filter(({ found }) => found(text!)).map(({ keyword }) => keyword);
        const postMatches = one.postIds.has(content.id);
        if (keywords.length > 0 || postMatches) results.push({ filter: one.filter, keywords, postMatches });
      }
      return results;
    },
    actsIn: (context, nowMs) => compiled.some((one) => acts(one, context, nowMs)),
  };
}

/** The same for one call. */
export function matchFilters(
  filters: readonly Filter[],
  content: FilteredContent,
  context: FilterContext,
  nowMs: number,
): readonly FilterResult[] {
  return compileFilters(filters).match(content, context, nowMs);
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

/** All that is searched, in one text; the separator is part of no word and of no keyword. */
function searchText({ contentWarning, text, descriptions, pollOptions }: FilteredContent): string {
  return folded([contentWarning, text, ...pollOptions, ...descriptions].join('\n\0\n'));
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
