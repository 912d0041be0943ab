import type { Static } from 'typebox';
import type { Filter, FilterKeyword, FilterPost } from '#contracts/services/feed.ts';
import { filterSummary } from './filters.ts';

/** A `Filter` as its owner manages it. */
export function filterJson(filter: Filter) {
  return {
    ...filterSummary(filter),
    keywords: filter.keywords.map(keywordJson),
    statuses: filter.posts.map(filterPostJson),
  };
}

export function keywordJson({ id, keyword, wholeWord }: Static<typeof FilterKeyword>) {
  return { id, keyword, whole_word: wholeWord };
}

export function filterPostJson({ id, postId }: Static<typeof FilterPost>) {
  return { id, status_id: postId };
}
