import Type, { type Static } from 'typebox';
import { Id, TimeMs, Version } from './common.ts';

export const Visibility = Type.Union([Type.Literal('public'), Type.Literal('unlisted'), Type.Literal('followers')]);
export type Visibility = Static<typeof Visibility>;

/** What decides who may see a post, and where it belongs. A repost is a post of its own, of the kind `repost`. */
export const PostHead = Type.Object({
  id: Id,
  authorId: Id,
  kind: Type.Union([Type.Literal('post'), Type.Literal('repost')]),
  visibility: Visibility,
  /** `hidden` by moderation. */
  state: Type.Union([Type.Literal('live'), Type.Literal('hidden'), Type.Literal('deleted')]),
  version: Version,
  createdMs: TimeMs,
  replyToId: Type.Union([Id, Type.Null()]),
  replyToAuthorId: Type.Union([Id, Type.Null()]),
  repostOfId: Type.Union([Id, Type.Null()]),
  repostOfAuthorId: Type.Union([Id, Type.Null()]),
  /** The first post of the thread; a post that is no reply names itself. */
  threadId: Id,
  language: Type.Union([Type.String({ maxLength: 12 }), Type.Null()]),
  /** Accounts that the text mentions: they may see a post for followers. */
  mentionedIds: Type.Array(Id, { maxItems: 50 }),
});
export type PostHead = Static<typeof PostHead>;

/** A post that the caller may see, by the visibility policy, at the time of the answer. For a repost, `target` is what was reposted. */
export const ShownPost = Type.Object({ head: PostHead, target: Type.Optional(PostHead) });
export type ShownPost = Static<typeof ShownPost>;

export const MediaKind = Type.Union([
  Type.Literal('image'),
  Type.Literal('gifv'),
  Type.Literal('video'),
  Type.Literal('audio'),
]);

const Size = Type.Object({ width: Type.Integer({ minimum: 0 }), height: Type.Integer({ minimum: 0 }) });

/** A stored picture, video or sound. Its files stand in the object store below `key`. */
export const Media = Type.Object({
  id: Id,
  ownerId: Id,
  postId: Type.Union([Id, Type.Null()]),
  kind: MediaKind,
  contentType: Type.String({ maxLength: 60 }),
  /** File name of the original below `media/<id>/`. */
  fileName: Type.String({ maxLength: 60 }),
  /** File name of the thumbnail; null where none could be made (video, audio). */
  thumbnailName: Type.Union([Type.String({ maxLength: 60 }), Type.Null()]),
  sizeBytes: Type.Integer({ minimum: 0 }),
  original: Type.Union([Size, Type.Null()]),
  thumbnail: Type.Union([Size, Type.Null()]),
  blurhash: Type.Union([Type.String({ maxLength: 120 }), Type.Null()]),
  description: Type.String({ maxLength: 1_500 }),
  focus: Type.Object({ x: Type.Number({ minimum: -1, maximum: 1 }), y: Type.Number({ minimum: -1, maximum: 1 }) }),
});
export type Media = Static<typeof Media>;

export const Mention = Type.Object({ accountId: Id, username: Type.String({ maxLength: 30 }) });

export const Application = Type.Object({
  name: Type.String({ maxLength: 200 }),
  website: Type.Union([Type.String({ maxLength: 2_000 }), Type.Null()]),
});

/** What a post says. `text` is as typed; the gateway makes it into safe HTML from `text`, `mentions` and `tags`. */
export const PostBody = Type.Object({
  id: Id,
  version: Version,
  text: Type.String({ maxLength: 50_000 }),
  contentWarning: Type.String({ maxLength: 5_000 }),
  sensitive: Type.Boolean(),
  language: Type.Union([Type.String({ maxLength: 12 }), Type.Null()]),
  mentions: Type.Array(Mention, { maxItems: 50 }),
  /** Lower-case names as they stand in the text, without `#`. */
  tags: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 60 }),
  media: Type.Array(Media, { maxItems: 4 }),
  pollId: Type.Union([Id, Type.Null()]),
  application: Type.Union([Application, Type.Null()]),
  createdMs: TimeMs,
  editedMs: Type.Union([TimeMs, Type.Null()]),
});
export type PostBody = Static<typeof PostBody>;

export const PostCounts = Type.Object({
  id: Id,
  likes: Type.Integer({ minimum: 0 }),
  reposts: Type.Integer({ minimum: 0 }),
  replies: Type.Integer({ minimum: 0 }),
});
export type PostCounts = Static<typeof PostCounts>;

/** What one viewer did with one post. `likes` and `reposts` of the counts include these even where the count lags (the post service sees to it). */
export const ViewerState = Type.Object({
  id: Id,
  liked: Type.Boolean(),
  reposted: Type.Boolean(),
  bookmarked: Type.Boolean(),
  threadMuted: Type.Boolean(),
  pinned: Type.Boolean(),
});
export type ViewerState = Static<typeof ViewerState>;

export const Poll = Type.Object({
  id: Id,
  postId: Id,
  options: Type.Array(
    Type.Object({
      title: Type.String({ maxLength: 200 }),
      votes: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    }),
    {
      maxItems: 10,
    },
  ),
  multiple: Type.Boolean(),
  expiresMs: Type.Union([TimeMs, Type.Null()]),
  expired: Type.Boolean(),
  votes: Type.Integer({ minimum: 0 }),
  voters: Type.Integer({ minimum: 0 }),
  /** Of the caller; absent for anonymous callers. */
  ownVotes: Type.Optional(Type.Array(Type.Integer({ minimum: 0 }), { maxItems: 10 })),
  voted: Type.Optional(Type.Boolean()),
});
export type Poll = Static<typeof Poll>;

export const PollDraft = Type.Object({
  options: Type.Array(Type.String({ maxLength: 200 }), { minItems: 2, maxItems: 10 }),
  multiple: Type.Boolean(),
  hideTotals: Type.Boolean(),
  expiresInSeconds: Type.Integer({ minimum: 1 }),
});

/** What a person sends to make a post. */
export const PostDraft = Type.Object({
  text: Type.String({ maxLength: 50_000 }),
  contentWarning: Type.String({ maxLength: 5_000 }),
  sensitive: Type.Boolean(),
  language: Type.Union([Type.String({ maxLength: 12 }), Type.Null()]),
  visibility: Visibility,
  replyToId: Type.Union([Id, Type.Null()]),
  mediaIds: Type.Array(Id, { maxItems: 20 }),
  poll: Type.Union([PollDraft, Type.Null()]),
  application: Type.Union([Application, Type.Null()]),
});
export type PostDraft = Static<typeof PostDraft>;

export const PostRevision = Type.Object({
  text: Type.String({ maxLength: 50_000 }),
  contentWarning: Type.String({ maxLength: 5_000 }),
  sensitive: Type.Boolean(),
  mentions: Type.Array(Mention, { maxItems: 50 }),
  tags: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 60 }),
  media: Type.Array(Media, { maxItems: 4 }),
  pollOptions: Type.Union([Type.Array(Type.String({ maxLength: 200 }), { maxItems: 10 }), Type.Null()]),
  createdMs: TimeMs,
});
export type PostRevision = Static<typeof PostRevision>;

export const ScheduledPost = Type.Object({
  id: Id,
  draft: PostDraft,
  media: Type.Array(Media, { maxItems: 4 }),
  dueMs: TimeMs,
});
export type ScheduledPost = Static<typeof ScheduledPost>;

/** What somebody has written so far. Unlike a `PostDraft` it need not be fit for posting: it may be empty, or have a poll with one option. */
export const DraftContent = Type.Object({
  text: Type.String({ maxLength: 50_000 }),
  contentWarning: Type.String({ maxLength: 5_000 }),
  sensitive: Type.Boolean(),
  language: Type.Union([Type.String({ maxLength: 12 }), Type.Null()]),
  visibility: Visibility,
  replyToId: Type.Union([Id, Type.Null()]),
  mediaIds: Type.Array(Id, { maxItems: 4 }),
  poll: Type.Union([
    Type.Object({
      options: Type.Array(Type.String({ maxLength: 200 }), { maxItems: 10 }),
      multiple: Type.Boolean(),
      hideTotals: Type.Boolean(),
      expiresInSeconds: Type.Integer({ minimum: 1 }),
    }),
    Type.Null(),
  ]),
  /** When it is meant to be posted. */
  dueMs: Type.Union([TimeMs, Type.Null()]),
});
export type DraftContent = Static<typeof DraftContent>;

/** A draft that is kept for its author alone. Of its media, those that are gone by now are left out. */
export const KeptDraft = Type.Object({
  id: Id,
  content: DraftContent,
  media: Type.Array(Media, { maxItems: 4 }),
  changedMs: TimeMs,
});
export type KeptDraft = Static<typeof KeptDraft>;

/** Uses of a hashtag for each of the last days, newest first, public posts only. */
export const Hashtag = Type.Object({
  name: Type.String({ maxLength: 100 }),
  days: Type.Array(
    Type.Object({ dayMs: TimeMs, uses: Type.Integer({ minimum: 0 }), accounts: Type.Integer({ minimum: 0 }) }),
    { maxItems: 7 },
  ),
});
export type Hashtag = Static<typeof Hashtag>;
