import Type from 'typebox';
import { AccountState } from '#contracts/model/account.ts';
import { eventType, Id } from './define.ts';

export const USER_TOPIC = 'user';
export const GRAPH_TOPIC = 'graph';

const OfAccount = Type.Object({ accountId: Id });
/** Keyed by the pair `actor:target`; the version is that of the pair. */
const Edge = Type.Object({ actorId: Id, targetId: Id });

/** Keyed by the account. */
export const userEvents = {
  UserCreated: eventType(USER_TOPIC, 'plaza.user.created', OfAccount),
  UserUpdated: eventType(USER_TOPIC, 'plaza.user.updated', OfAccount),
  UserStateChanged: eventType(
    USER_TOPIC,
    'plaza.user.state-changed',
    Type.Object({ accountId: Id, state: AccountState }),
  ),
  UserDeleted: eventType(USER_TOPIC, 'plaza.user.deleted', OfAccount),
} as const;

export const graphEvents = {
  UserFollowed: eventType(GRAPH_TOPIC, 'plaza.graph.followed', Edge),
  UserUnfollowed: eventType(GRAPH_TOPIC, 'plaza.graph.unfollowed', Edge),
  /** Of a follow or request that stands: what is wanted of it (reposts, languages, notifications). */
  FollowChanged: eventType(GRAPH_TOPIC, 'plaza.graph.follow-changed', Edge),
  FollowRequested: eventType(GRAPH_TOPIC, 'plaza.graph.follow-requested', Edge),
  FollowRequestEnded: eventType(GRAPH_TOPIC, 'plaza.graph.follow-request-ended', Edge),
  UserBlocked: eventType(GRAPH_TOPIC, 'plaza.graph.blocked', Edge),
  UserUnblocked: eventType(GRAPH_TOPIC, 'plaza.graph.unblocked', Edge),
  UserMuted: eventType(GRAPH_TOPIC, 'plaza.graph.muted', Edge),
  UserUnmuted: eventType(GRAPH_TOPIC, 'plaza.graph.unmuted', Edge),
} as const;
