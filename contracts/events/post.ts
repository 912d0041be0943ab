import Type from 'typebox';
import { Visibility } from '#contracts/model/post.ts';
import { eventType, Id } from './define.ts';

export const POST_TOPIC = 'post';
export const REACTION_TOPIC = 'reaction';

const OptionalId = Type.Union([Id, Type.Null()]);

/** Keyed by the post. A repost is a post: its creation is `PostCreated` of kind `repost` and a `PostReposted` of its target. */
const OfPost = Type.Object({
  postId: Id,
  authorId: Id,
  kind: Type.Union([Type.Literal('post'), Type.Literal('repost')]),
  visibility: Visibility,
  replyToId: OptionalId,
  replyToAuthorId: OptionalId,
  repostOfId: OptionalId,
  repostOfAuthorId: OptionalId,
  threadId: Id,
});

export const postEvents = {
  PostCreated: eventType(POST_TOPIC, 'plaza.post.created', OfPost),
  PostUpdated: eventType(POST_TOPIC, 'plaza.post.updated', OfPost),
  PostDeleted: eventType(POST_TOPIC, 'plaza.post.deleted', OfPost),
} as const;

/**
 * Keyed by the post that is reacted to, so that one consumer counts it. `revision` grows with each change of this actor's reaction to this post:
 * an older or repeated one is a no-op. `active` says whether it stands.
 */
const Reaction = Type.Object({
  postId: Id,
  authorId: Id,
  actorId: Id,
  active: Type.Boolean(),
  revision: Type.Integer({ minimum: 1 }),
});

export const reactionEvents = {
  PostLiked: eventType(REACTION_TOPIC, 'plaza.reaction.liked', Reaction),
  PostReposted: eventType(
    REACTION_TOPIC,
    'plaza.reaction.reposted',
    Type.Object({ ...Reaction.properties, repostId: Id }),
  ),
  PostReplied: eventType(
    REACTION_TOPIC,
    'plaza.reaction.replied',
    Type.Object({ ...Reaction.properties, replyId: Id }),
  ),
  /** The post service to itself: the sums of this post do not match what was counted. Comes in the order of its reactions, so one writer mends them. */
  CountsDoubted: eventType(REACTION_TOPIC, 'plaza.reaction.counts-doubted', Type.Object({ postId: Id })),
  PollVoted: eventType(REACTION_TOPIC, 'plaza.reaction.voted', Type.Object({ postId: Id, pollId: Id, actorId: Id })),
} as const;
