import type { Static } from 'typebox';
import type { Hashtag } from '#contracts/model/post.ts';
import { isoDate } from './times.ts';
import type { Urls } from './urls.ts';

/** A `Tag`. `following` is told to people only. */
export function tagJson(tag: Static<typeof Hashtag>, urls: Urls, following?: boolean) {
  return {
    id: tag.name,
    name: tag.name,
    url: urls.tag(tag.name),
    history: tag.days.map(({ dayMs, uses, accounts }) => ({
      day: String(Math.floor(dayMs / 1_000)),
      uses: String(uses),
      accounts: String(accounts),
    })),
    ...(following === undefined ? {} : { following, featuring: false }),
  };
}

interface FeaturedTag {
  readonly id: string;
  readonly name: string;
  readonly posts: number;
  readonly lastPostMs: number | null;
}

/** A `FeaturedTag` of the profile at `accountUrl`. The API wants the count as text. */
export function featuredTagJson(tag: FeaturedTag, accountUrl: string) {
  return {
    id: tag.id,
    name: tag.name,
    url: `${accountUrl}/tagged/${encodeURIComponent(tag.name)}`,
    statuses_count: String(tag.posts),
    last_status_at: tag.lastPostMs === null ? null : isoDate(tag.lastPostMs),
  };
}
