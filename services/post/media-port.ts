import type { Media } from '#contracts/model/post.ts';
import type { PostService } from '#contracts/services/post.ts';
import { invalid, notFound } from '#platform/errors/errors.ts';

/** What posts need of media. The media part of this service provides it. */
export interface PostMedia {
  /**
   * Attaches media to a post and answers them in the order asked for. `validation_failed` when one is not the owner's, belongs to another post or is
   * still being processed. The same post again is fine. A scheduled post claims under its own id until it is published; the post then names it in `heldBy`.
   */
  claim(mediaIds: readonly string[], ownerId: string, postId: string, heldBy?: string): Promise<Media[]>;
  /** In the order asked for; those that are gone are left out. */
  of(mediaIds: readonly string[]): Promise<Media[]>;
  /** Changes what the owner says about media. Answers whether anything changed. `validation_failed` for media that are not the owner's. */
  describe(
    details: readonly {
      readonly id: string;
      readonly description?: string;
      readonly focus?: { readonly x: number; readonly y: number };
    }[],
    ownerId: string,
  ): Promise<boolean>;
  /**
   * The post is deleted ('all'), or was edited and lost some: they go at once, or with the sweep of unused uploads (so that "delete and redraft" can use
   * them again). Again changes nothing.
   */
  release(postId: string, mediaIds: readonly string[] | 'all', deleteNow: boolean): Promise<void>;
}

/** Where no media are stored, naming one is refused. */
export const noMedia: PostMedia = {
  async claim(mediaIds) {
    if (mediaIds.length > 0) throw invalid('media_ids', 'ERR_INVALID', 'Media are not stored here');
    return [];
  },
  async of() {
    return [];
  },
  async describe() {
    return false;
  },
  async release() {},
};

/** The operations of the contract that the media part of this service answers. */
export type MediaOperations = Pick<
  PostService,
  'createMedia' | 'getMedia' | 'updateMedia' | 'deleteMedia' | 'getMediaAccess'
>;

/** Where no media are stored, there are none to be found and none are taken. */
export const noMediaOperations: MediaOperations = {
  createMedia: async () => {
    throw invalid('file', 'ERR_INVALID', 'Media are not stored here');
  },
  getMedia: async () => {
    throw notFound();
  },
  updateMedia: async () => {
    throw notFound();
  },
  deleteMedia: async () => {
    throw notFound();
  },
  getMediaAccess: async () => {
    throw notFound();
  },
};
