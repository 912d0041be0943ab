import type { PostBody, PostHead, ShownPost } from '#contracts/model/post.ts';
import type { CallContext } from '#platform/calls/context.ts';
import { notFound } from '#platform/errors/errors.ts';
import type { Faults } from '#platform/faults/faults.ts';
import { requireAccount } from './caller.ts';
import { countsAsReply, type PostEvents } from './events.ts';
import type { PostMedia } from './media-port.ts';
import type { Reposting } from './repost.ts';
import type { ShownPosts } from './shown.ts';
import { bodyOf, type StoredBody } from './store/bodies.ts';
import type { PostStore } from './store/post-store.ts';

export interface RemoveTools {
  readonly faults: Faults;
  readonly posts: PostStore;
  readonly shown: ShownPosts;
  readonly media: PostMedia;
  readonly events: PostEvents;
  readonly reposting: Reposting;
}

/** Deletes posts for good. */
export class RemovePost {
  readonly #tools: RemoveTools;

  constructor(tools: RemoveTools) {
    this.#tools = tools;
  }

  /** Only the author; to others it is as if the post did not exist. Answers the post as it was. */
  async remove(
    postId: string,
    deleteMedia: boolean,
    context: CallContext,
  ): Promise<{ shown: ShownPost; body: PostBody }> {
    const authorId = requireAccount(context);
    const { faults, posts, shown, media } = this.#tools;
    const head = await posts.head(postId);
    if (head === undefined || head.authorId !== authorId) throw notFound();
    const post = (await shown.ofHeads([head], context))[0] ?? { head };
    const stored = (await posts.body(postId))?.body ?? EMPTY;
    const body = bodyOf(head.id, head.version, stored, await media.of(stored.mediaIds));
    await this.erase(head, stored, context);
    faults.hit('post.after-erase');
    // When this is cut short, the consumer of the deletion does it, and the sweep of unused media the rest.
    if (stored.mediaIds.length > 0) await media.release(postId, stored.mediaIds, deleteMedia);
    return { shown: post, body };
  }

  /** The deletion itself: final versions for every row of the post, and its events, in one write. Replies stay; reposts show nothing any more, and go with the event. */
  async erase(head: PostHead, body: StoredBody | undefined, context: CallContext): Promise<void> {
    const { posts, events, reposting } = this.#tools;
    if (head.kind === 'repost') {
      await reposting.undoFor(head.authorId, head.repostOfId!, context);
      // Another repost of the same post may stand in its place; this one goes in any case.
      if ((await posts.head(head.id)) === undefined) return;
    }
    const told = [events.deleted(head, context)];
    if (countsAsReply(head)) told.push(events.replied(head, false, context));
    await events.commit(told, (rows) => posts.erase([{ head, tags: body?.tags ?? [] }], rows));
  }
}

/** A repost says nothing itself. */
const EMPTY: StoredBody = {
  text: '',
  contentWarning: '',
  sensitive: false,
  language: null,
  mentions: [],
  tags: [],
  mediaIds: [],
  hasPoll: false,
  application: null,
  editedMs: null,
};
