import type { Media } from '#contracts/model/post.ts';
import { invalid } from '#platform/errors/errors.ts';

/** What posts need of media. The media part of this service provides it. */
export interface PostMedia {
  /**
   * Attaches media to a post and answers them in the order asked for. `validation_failed` when one is not the owner's, belongs to another post or is
   * still being processed. The same post again is fine.
   */
  claim(mediaIds: readonly string[], ownerId: string, postId: string): Promise<Media[]>;
  /** In the order asked for; those that are gone are left out. */
  of(mediaIds: readonly string[]): Promise<Media[]>;
  /** The post is deleted: its media go with it, at once or with the sweep of unused uploads (so that "delete and redraft" can use them again). */
  release(postId: string, mediaIds: readonly string[], deleteNow: boolean): Promise<void>;
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
  async release() {},
};
