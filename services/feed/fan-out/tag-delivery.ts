import type { Faults } from '#platform/faults/faults.ts';
import type { FeedConfig } from '../config.ts';
import type { NewestEntries } from '../home/newest.ts';
import type { ActiveReaders } from '../home/readers.ts';
import type { HomeStore } from '../home/store.ts';
import type { FollowedTags } from '../tags/followed.ts';
import type { PublicPost } from '../timelines/writer.ts';
import { DeliveryBuffer } from './delivery-buffer.ts';
import type { Turns } from './turns.ts';

interface Parts {
  readonly followed: FollowedTags;
  readonly readers: ActiveReaders;
  readonly store: HomeStore;
  readonly newest: NewestEntries;
  readonly turns: Turns;
  readonly faults: Faults;
}

/** Brings public posts to the homes of those who follow one of their hashtags. */
export class TagDelivery {
  readonly #parts: Parts;
  readonly #config: FeedConfig;

  constructor(parts: Parts, config: FeedConfig) {
    this.#parts = parts;
    this.#config = config;
  }

  async deliver(posts: readonly PublicPost[]): Promise<void> {
    const buffer = new DeliveryBuffer({ ...this.#parts, entriesPerWrite: this.#config.entriesPerWrite });
    for (const { authorId, body } of posts) {
      for (const tag of new Set(body.tags)) await this.#push(body.id, authorId, tag, buffer);
    }
    await buffer.flush();
  }

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
