import type { Static } from 'typebox';
import { postEvents } from '#contracts/events/post.ts';
import type { PostBody } from '#contracts/model/post.ts';
import type { PostService } from '#contracts/services/post.ts';
import { serviceContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { ConsumedEvent } from '#platform/outbox/consumer.ts';

type PostData = Static<typeof postEvents.PostCreated.data>;

/** A public post as its event and its body tell it. */
export interface PublicPost {
  readonly authorId: string;
  /** Whether it answers somebody else: then it stands under its hashtags only. */
  readonly isReply: boolean;
  readonly body: PostBody;
}

/** What a batch of events says of public posts: those that are there, with what they say now, and the ids of those that are gone. */
export async function publicPosts(
  events: readonly ConsumedEvent[],
  post: PostService,
  clock: Clock,
): Promise<{ readonly posts: PublicPost[]; readonly deleted: string[] }> {
  const deleted = new Set<string>();
  const wanted = new Map<string, PostData>();
  for (const event of events) {
    const data = event.data as PostData;
    if (data.kind !== 'post' || data.visibility !== 'public') continue;
    if (event.type === postEvents.PostDeleted.type) deleted.add(data.postId);
    else wanted.set(data.postId, data);
  }
  for (const postId of deleted) wanted.delete(postId);
  if (wanted.size === 0) return { posts: [], deleted: [...deleted] };
  const { bodies } = await post.getBodies({ ids: [...wanted.keys()] }, serviceContext('feed', clock));
  const posts = bodies.map((body) => {
    const { authorId, replyToId, replyToAuthorId } = wanted.get(body.id)!;
    return { authorId, isReply: replyToId !== null && replyToAuthorId !== authorId, body };
  });
  return { posts, deleted: [...deleted] };
}
