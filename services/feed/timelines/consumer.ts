/**
 * Keeps public and hashtag timelines.
 *
 * Invariant: rows are a function of the newest revision of a post that was fetched, and carry it as their version; a deletion is final. So an event that comes twice or late,
 * or after a newer one, leads to the same rows.
 */
import type { PostService } from '#contracts/services/post.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { ConsumedEvent } from '#platform/outbox/consumer.ts';
import { publicPosts } from './public-posts.ts';
import type { TimelineWriter } from './writer.ts';

export class Timelines {
  readonly #post: PostService;
  readonly #writer: TimelineWriter;
  readonly #clock: Clock;

  constructor(post: PostService, writer: TimelineWriter, clock: Clock) {
    this.#post = post;
    this.#writer = writer;
    this.#clock = clock;
  }

  readonly handle = async (events: readonly ConsumedEvent[]): Promise<void> => {
    const { posts, deleted } = await publicPosts(events, this.#post, this.#clock);
    if (posts.length > 0) await this.#writer.write(posts);
    if (deleted.length > 0) await this.#writer.remove(deleted);
  };
}
