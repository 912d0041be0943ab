/**
 * Keeps public and hashtag timelines, and brings posts with a followed hashtag to the homes of its followers.
 *
 * Invariant: rows are a function of the newest revision of a post that was fetched, and carry it as their version; a deletion is final. So an event that comes twice or late,
 * or after a newer one, leads to the same rows.
 */
import type { Static } from 'typebox';
import { postEvents } from '#contracts/events/post.ts';
import type { PostService } from '#contracts/services/post.ts';
import { serviceContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { ConsumedEvent } from '#platform/outbox/consumer.ts';
import type { TagDelivery } from '../fan-out/tag-delivery.ts';
import type { PublicPost, TimelineWriter } from './writer.ts';

type PostData = Static<typeof postEvents.PostCreated.data>;

interface Parts {
  readonly post: PostService;
  readonly writer: TimelineWriter;
  readonly tagDelivery: TagDelivery;
  readonly clock: Clock;
}

export class Timelines {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  readonly handle = async (events: readonly ConsumedEvent[]): Promise<void> => {
    const { writer, tagDelivery } = this.#parts;
    const deleted = new Set<string>();
    const wanted = new Map<string, PostData>();
    for (const event of events) {
      const data = event.data as PostData;
      if (data.kind !== 'post' || data.visibility !== 'public') continue;
      if (event.type === postEvents.PostDeleted.type) deleted.add(data.postId);
      else wanted.set(data.postId, data);
    }
    for (const postId of deleted) wanted.delete(postId);
    const posts = await this.#fetch(wanted);
    if (posts.length > 0) await writer.write(posts);
    if (deleted.size > 0) await writer.remove([...deleted]);
    await tagDelivery.deliver(posts);
  };

  async #fetch(wanted: ReadonlyMap<string, PostData>): Promise<PublicPost[]> {
    if (wanted.size === 0) return [];
    const { post, clock } = this.#parts;
    const { bodies } = await post.getBodies({ ids: [...wanted.keys()] }, serviceContext('feed', clock));
    return bodies.map((body) => {
      const { authorId, replyToId, replyToAuthorId } = wanted.get(body.id)!;
      return { authorId, isReply: replyToId !== null && replyToAuthorId !== authorId, body };
    });
  }
}
