import type { UserService } from '#contracts/services/user.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { notFound } from '#platform/errors/errors.ts';
import { isOpen } from '#policies/visibility/visibility.ts';
import type { Relational } from '#ports/relational/port.ts';
import { requireAccount } from '../caller.ts';
import type { MediaOperations } from '../media-port.ts';
import type { PostStore } from '../store/post-store.ts';
import type { CreateMedia } from './create-media.ts';
import type { LooseFiles } from './loose-files.ts';
import type { MediaStore } from './media-store.ts';
import { mediaOf } from './row.ts';
import { describeUpload } from './scripts/describe.ts';
import { discard } from './scripts/let-go.ts';

export interface OperationTools {
  readonly clock: Clock;
  readonly relational: Relational;
  readonly users: Pick<UserService, 'visibilityFacts'>;
  readonly posts: Pick<PostStore, 'head'>;
  readonly store: MediaStore;
  readonly creating: CreateMedia;
  readonly loose: LooseFiles;
}

/** What the contract offers of media. To everyone but their owner, media that no post shows do not exist. */
export function mediaOperations(tools: OperationTools): MediaOperations {
  const { clock, relational, users, posts, store, creating, loose } = tools;
  return {
    createMedia: (input, context) => creating.create(input, context),

    async getMedia({ mediaId }, context) {
      const ownerId = requireAccount(context);
      const media = await store.one(mediaId);
      if (media === undefined || media.ownerId !== ownerId) throw notFound();
      return media;
    },

    async updateMedia({ mediaId, ...change }, context) {
      const ownerId = requireAccount(context);
      return mediaOf(await relational.run(describeUpload, { detail: { ...change, id: mediaId }, ownerId }));
    },

    async deleteMedia({ mediaId }, context) {
      const ownerId = requireAccount(context);
      await relational.run(discard, { mediaId, ownerId, nowMs: clock.now() });
      loose.wake();
      return {};
    },

    async getMediaAccess({ mediaId }, context) {
      const media = await store.one(mediaId);
      if (media === undefined) throw notFound();
      const head = media.postId === null ? undefined : await posts.head(media.postId);
      if (head === undefined) return { media, open: false };
      const { facts } = await users.visibilityFacts({ viewerId: null, authorIds: [head.authorId] }, context);
      return { media, open: facts[0] !== undefined && isOpen(head, facts[0]) };
    },
  };
}
