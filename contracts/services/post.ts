import Type from 'typebox';
import { Cursors, Id, Ids, MAX_IDS, Nothing, Page, TimeMs, Version } from '#contracts/model/common.ts';
import {
  DraftContent,
  Hashtag,
  KeptDraft,
  Media,
  Poll,
  PostBody,
  PostCounts,
  PostDraft,
  PostHead,
  PostRevision,
  ScheduledPost,
  ShownPost,
  ViewerState,
} from '#contracts/model/post.ts';
import { defineService, idempotentWrite, read, type ServiceApi, write } from '#platform/calls/contract.ts';

const Target = Type.Object({ postId: Id });
const ShownPage = Type.Object({ posts: Type.Array(ShownPost), cursors: Cursors });
const AccountIdPage = Type.Object({ accountIds: Ids, cursors: Cursors });

/**
 * Posts, what people do with them, and media. Operations that answer `ShownPost` have applied `policies/visibility` for the caller; a post the
 * caller may not see answers `not_found`.
 */
export const postContract = defineService('post', {
  /** The same idempotency key of the same author within a day answers the same post. With `dueMs` far enough ahead, use `schedule`. */
  create: idempotentWrite(
    Type.Object({ draft: PostDraft, idempotencyKey: Type.String({ minLength: 1, maxLength: 200 }) }),
    ShownPost,
    10_000,
  ),
  edit: write(
    Type.Object({
      postId: Id,
      text: Type.String({ maxLength: 50_000 }),
      contentWarning: Type.String({ maxLength: 5_000 }),
      sensitive: Type.Boolean(),
      language: Type.Union([Type.String({ maxLength: 12 }), Type.Null()]),
      mediaIds: Type.Array(Id, { maxItems: 20 }),
      mediaDetails: Type.Array(
        Type.Object({
          id: Id,
          description: Type.Optional(Type.String({ maxLength: 1_500 })),
          focus: Type.Optional(Type.Object({ x: Type.Number(), y: Type.Number() })),
        }),
        { maxItems: 20 },
      ),
      poll: Type.Union([PostDraft.properties.poll, Type.Null()]),
    }),
    ShownPost,
  ),
  /** Final on every surface. Answers the body as it was, for "delete and redraft". Media stays for a while unless `deleteMedia`. */
  remove: idempotentWrite(
    Type.Object({ postId: Id, deleteMedia: Type.Boolean() }),
    Type.Object({ shown: ShownPost, body: PostBody }),
  ),

  getShown: read(Target, ShownPost),
  /** Those of the ids that the caller may see, in the order asked for. */
  getManyShown: read(Type.Object({ ids: Ids }), Type.Object({ posts: Type.Array(ShownPost) })),
  /** For services and the gateway: unfiltered. Unknown ids are left out. */
  getHeads: read(Type.Object({ ids: Ids }), Type.Object({ heads: Type.Array(PostHead) })),
  /**
   * For services and the gateway, after the decision to show: what the posts say. Deleted posts are left out. `versions` are those of the heads, in the order of the ids: what a post said in its
   * version is the same for ever, so it may come from memory. A body may be older than its head for a moment after an edit; its own version tells.
   */
  getBodies: read(
    Type.Object({ ids: Ids, versions: Type.Optional(Type.Array(Version, { maxItems: MAX_IDS })) }),
    Type.Object({ bodies: Type.Array(PostBody) }),
  ),
  getCounts: read(Type.Object({ ids: Ids }), Type.Object({ counts: Type.Array(PostCounts) })),
  /** Of the caller. */
  getViewerStates: read(Type.Object({ ids: Ids }), Type.Object({ states: Type.Array(ViewerState) })),
  /** Ancestors oldest first, descendants in reading order, those the caller may see; anonymous callers get fewer. */
  getThread: read(Target, Type.Object({ ancestors: Type.Array(ShownPost), descendants: Type.Array(ShownPost) })),
  getHistory: read(Target, Type.Object({ revisions: Type.Array(PostRevision) })),

  like: idempotentWrite(Target, ShownPost),
  unlike: idempotentWrite(Target, ShownPost),
  /** Answers the repost, with its target. */
  repost: idempotentWrite(Type.Object({ postId: Id, visibility: PostDraft.properties.visibility }), ShownPost),
  /** Answers what had been reposted. */
  undoRepost: idempotentWrite(Target, ShownPost),
  bookmark: idempotentWrite(Target, ShownPost),
  unbookmark: idempotentWrite(Target, ShownPost),
  pin: idempotentWrite(Target, ShownPost),
  unpin: idempotentWrite(Target, ShownPost),
  muteThread: idempotentWrite(Target, ShownPost),
  unmuteThread: idempotentWrite(Target, ShownPost),
  listLikers: read(Type.Object({ postId: Id, page: Page }), AccountIdPage),
  listReposters: read(Type.Object({ postId: Id, page: Page }), AccountIdPage),
  /** Of the caller; cursors are ids of the like or bookmark. */
  listLiked: read(Type.Object({ page: Page }), ShownPage),
  listBookmarked: read(Type.Object({ page: Page }), ShownPage),
  /** The posts of an author, newest first. */
  listByAuthor: read(
    Type.Object({
      accountId: Id,
      page: Page,
      onlyMedia: Type.Boolean(),
      excludeReplies: Type.Boolean(),
      excludeReposts: Type.Boolean(),
      pinned: Type.Boolean(),
      tag: Type.Optional(Type.String({ maxLength: 100 })),
    }),
    ShownPage,
  ),
  /** For the feed service: ids of an author's newest posts (reposts too) below `before`, with what the feed needs, unfiltered. */
  recentByAuthor: read(
    Type.Object({
      accountId: Id,
      before: Type.Union([Id, Type.Null()]),
      limit: Type.Integer({ minimum: 1, maximum: 400 }),
    }),
    Type.Object({ heads: Type.Array(PostHead) }),
  ),

  getPoll: read(Type.Object({ pollId: Id }), Poll),
  getPolls: read(Type.Object({ pollIds: Ids }), Type.Object({ polls: Type.Array(Poll) })),
  /** Once per person; `validation_failed` afterwards, on expired polls and unknown choices. */
  vote: write(
    Type.Object({
      pollId: Id,
      choices: Type.Array(Type.Integer({ minimum: 0, maximum: 9 }), { minItems: 1, maxItems: 10 }),
    }),
    Poll,
  ),

  schedule: idempotentWrite(
    Type.Object({ draft: PostDraft, dueMs: TimeMs, idempotencyKey: Type.String({ minLength: 1, maxLength: 200 }) }),
    ScheduledPost,
  ),
  listScheduled: read(
    Type.Object({ page: Page }),
    Type.Object({ scheduled: Type.Array(ScheduledPost), cursors: Cursors }),
  ),
  getScheduled: read(Type.Object({ id: Id }), ScheduledPost),
  reschedule: idempotentWrite(Type.Object({ id: Id, dueMs: TimeMs }), ScheduledPost),
  cancelScheduled: idempotentWrite(Type.Object({ id: Id }), Nothing),

  /** Drafts of the caller, the one that was changed last first. */
  listDrafts: read(Nothing, Type.Object({ drafts: Type.Array(KeptDraft, { maxItems: 100 }) })),
  /** The same idempotency key of the same author answers the same draft, as long as it is there. */
  addDraft: idempotentWrite(
    Type.Object({ content: DraftContent, idempotencyKey: Type.String({ minLength: 1, maxLength: 200 }) }),
    KeptDraft,
  ),
  changeDraft: idempotentWrite(Type.Object({ id: Id, content: DraftContent }), KeptDraft),
  removeDraft: idempotentWrite(Type.Object({ id: Id }), Nothing),

  /** The upload stands in the object store under `uploadKey` (put there by the gateway, removed by this call); it is checked by content and processed. */
  createMedia: write(
    Type.Object({
      uploadKey: Type.String({ maxLength: 200 }),
      description: Type.String({ maxLength: 1_500 }),
      focus: Media.properties.focus,
    }),
    Media,
    60_000,
  ),
  getMedia: read(Type.Object({ mediaId: Id }), Media),
  updateMedia: idempotentWrite(
    Type.Object({
      mediaId: Id,
      description: Type.Optional(Type.String({ maxLength: 1_500 })),
      focus: Type.Optional(Media.properties.focus),
    }),
    Media,
  ),
  deleteMedia: idempotentWrite(Type.Object({ mediaId: Id }), Nothing),
  /** For the gateway, which serves the files: whether a media file may be read without a signed address (its post is public or unlisted, live, and its author visible). `not_found` when it is gone. */
  getMediaAccess: read(Type.Object({ mediaId: Id }), Type.Object({ media: Media, open: Type.Boolean() })),

  getHashtags: read(
    Type.Object({ names: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 100 }) }),
    Type.Object({ tags: Type.Array(Hashtag) }),
  ),
  searchHashtags: read(
    Type.Object({
      prefix: Type.String({ maxLength: 100 }),
      offset: Type.Integer({ minimum: 0, maximum: 1_000 }),
      limit: Type.Integer({ minimum: 1, maximum: 40 }),
    }),
    Type.Object({ tags: Type.Array(Hashtag) }),
  ),
  /** Featured hashtags of a profile. */
  listFeaturedTags: read(
    Type.Object({ accountId: Id }),
    Type.Object({
      tags: Type.Array(
        Type.Object({
          id: Id,
          name: Type.String(),
          posts: Type.Integer({ minimum: 0 }),
          lastPostMs: Type.Union([TimeMs, Type.Null()]),
        }),
      ),
    }),
  ),
  featureTag: idempotentWrite(
    Type.Object({ name: Type.String({ maxLength: 100 }) }),
    Type.Object({
      id: Id,
      name: Type.String(),
      posts: Type.Integer({ minimum: 0 }),
      lastPostMs: Type.Union([TimeMs, Type.Null()]),
    }),
  ),
  unfeatureTag: idempotentWrite(Type.Object({ id: Id }), Nothing),
  statistics: read(Nothing, Type.Object({ posts: Type.Integer({ minimum: 0 }) })),
});

export type PostService = ServiceApi<typeof postContract>;
