import type { FeedService } from '#contracts/services/feed.ts';
import type { PostService } from '#contracts/services/post.ts';
import type { Viewing } from './statuses.ts';
import { tagJson } from './tag.ts';
import type { Urls } from './urls.ts';

/** Hashtags by name, with the days of their use and whether the viewer follows them. */
export class Tags {
  readonly #post: PostService;
  readonly #feed: FeedService;
  readonly #urls: Urls;

  constructor(post: PostService, feed: FeedService, urls: Urls) {
    this.#post = post;
    this.#feed = feed;
    this.#urls = urls;
  }

  /** In the order of `names`; a name that nobody has used yet has no days. */
  async byName(names: readonly string[], { viewerId, context }: Viewing) {
    if (names.length === 0) return [];
    const wanted = [...names];
    const [{ tags }, followed] = await Promise.all([
      this.#post.getHashtags({ names: wanted }, context),
      viewerId === null ? undefined : this.#feed.followedAmong({ names: wanted }, context),
    ]);
    const byName = new Map(tags.map((tag) => [tag.name, tag]));
    const follows = followed && new Set(followed.names);
    return wanted.map((name) => tagJson(byName.get(name) ?? { name, days: [] }, this.#urls, follows?.has(name)));
  }
}
