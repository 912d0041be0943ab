import type { Media } from '#contracts/model/post.ts';
import type { PostService } from '#contracts/services/post.ts';

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

/** The operations of the contract that the media part of this service answers. */
export type MediaOperations = Pick<
  PostService,
  'createMedia' | 'getMedia' | 'updateMedia' | 'deleteMedia' | 'getMediaAccess'
>;
