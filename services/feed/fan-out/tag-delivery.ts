/**
 * Brings public posts to the homes of those who follow one of their hashtags.
 *
 * Invariant: as in the fan-out to followers, an entry is a pure function of (reader, post, hashtag). Whether the post still has the hashtag, and the reader still follows it, is
 * decided when home is read. Its group is its own, because its place in the log has to stand in the same file as the homes.
 */
import type { PostService } from '#contracts/services/post.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Faults } from '#platform/faults/faults.ts';
import type { ConsumedEvent } from '#platform/outbox/consumer.ts';
import type { FeedConfig } from '../config.ts';
import type { NewestEntries } from '../home/newest.ts';
import type { ActiveReaders } from '../home/readers.ts';
import type { HomeStore } from '../home/store.ts';
import type { FollowedTags } from '../tags/followed.ts';
import { publicPosts } from '../timelines/public-posts.ts';
import { DeliveryBuffer } from './delivery-buffer.ts';
import type { Turns } from './turns.ts';

interface Parts {
  readonly post: PostService;
  readonly clock: Clock;
  readonly followed: FollowedTags;
  readonly readers: ActiveReaders;
  readonly store: HomeStore;
  readonly newest: NewestEntries;
  readonly turns: Turns;
  readonly faults: Faults;
}

export class TagDelivery {
  readonly #parts: Parts;
  readonly #config: FeedConfig;

  constructor(parts: Parts, config: FeedConfig) {
    this.#parts = parts;
    this.#config = config;
  }

  readonly handle = async (events: readonly ConsumedEvent[]): Promise<void> => {
    const { posts } = await publicPosts(events, this.#parts.post, this.#parts.clock);
    const buffer = new DeliveryBuffer({ ...this.#parts, entriesPerWrite: this.#config.entriesPerWrite });
    for (const { authorId, body } of posts) {
      for (const tag of new Set(body.tags)) await this.#push(body.id, authorId, tag, buffer);
    }
    await buffer.flush();
  };

  async #push(postId: string, authorId: string, tag: string, buffer: DeliveryBuffer): Promise<void> {
    const { followed, readers, store, turns } = this.#parts;
    const entry = { postId, authorId, targetId: null, tags: tag };
    const write = store.writerOf(entry, tag);
    if (write === undefined) return;
    const limit = this.#config.followersPerPage;
    for (let after = ''; ; ) {
      const page = await followed.followers(tag, after, limit);
      await buffer.add(entry, write, await readers.activeAmong(page));
      if (page.length < limit) return;
      after = page.at(-1)!;
      await turns.next();
    }
  }
}
