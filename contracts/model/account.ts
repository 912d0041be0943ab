import Type, { type Static } from 'typebox';
import { Id, TimeMs, Version } from './common.ts';

/** `pending` awaits approval or e-mail confirmation; `deactivated` by its owner; `suspended` by a moderator; `deleted` for good. */
export const AccountState = Type.Union([
  Type.Literal('active'),
  Type.Literal('pending'),
  Type.Literal('deactivated'),
  Type.Literal('suspended'),
  Type.Literal('deleted'),
]);
export type AccountState = Static<typeof AccountState>;

export const ProfileField = Type.Object({
  name: Type.String({ maxLength: 255 }),
  value: Type.String({ maxLength: 255 }),
  verifiedMs: Type.Union([TimeMs, Type.Null()]),
});
export type ProfileField = Static<typeof ProfileField>;

/** A picture of a profile. Its sizes stand in the object store below `key`; `animated` has a still twin. */
export const ProfileImage = Type.Object({
  key: Type.String({ maxLength: 200 }),
  contentType: Type.String({ maxLength: 40 }),
  animated: Type.Boolean(),
  description: Type.String({ maxLength: 1_500 }),
});
export type ProfileImage = Static<typeof ProfileImage>;

/** What everybody may know of an account. Text is as typed; the gateway makes it into safe HTML. */
export const Account = Type.Object({
  id: Id,
  username: Type.String({ maxLength: 30 }),
  displayName: Type.String({ maxLength: 100 }),
  bio: Type.String({ maxLength: 5_000 }),
  fields: Type.Array(ProfileField, { maxItems: 8 }),
  avatar: Type.Union([ProfileImage, Type.Null()]),
  header: Type.Union([ProfileImage, Type.Null()]),
  locked: Type.Boolean(),
  bot: Type.Boolean(),
  discoverable: Type.Boolean(),
  indexable: Type.Boolean(),
  hideCollections: Type.Boolean(),
  state: AccountState,
  createdMs: TimeMs,
  version: Version,
});
export type Account = Static<typeof Account>;

export const AccountCounts = Type.Object({
  id: Id,
  followers: Type.Integer({ minimum: 0 }),
  following: Type.Integer({ minimum: 0 }),
  posts: Type.Integer({ minimum: 0 }),
  lastPostMs: Type.Union([TimeMs, Type.Null()]),
});
export type AccountCounts = Static<typeof AccountCounts>;

/** Everything between a viewer and one other account, as the viewer may know it. */
export const Relationship = Type.Object({
  id: Id,
  following: Type.Boolean(),
  showingReposts: Type.Boolean(),
  notifying: Type.Boolean(),
  languages: Type.Array(Type.String({ maxLength: 12 }), { maxItems: 20 }),
  followedBy: Type.Boolean(),
  blocking: Type.Boolean(),
  blockedBy: Type.Boolean(),
  muting: Type.Boolean(),
  mutingNotifications: Type.Boolean(),
  mutingUntilMs: Type.Union([TimeMs, Type.Null()]),
  requested: Type.Boolean(),
  requestedBy: Type.Boolean(),
  endorsed: Type.Boolean(),
  note: Type.String({ maxLength: 2_000 }),
});
export type Relationship = Static<typeof Relationship>;

/** The facts about one author that decide what one viewer may see of them; read from the primary. */
export const AuthorFacts = Type.Object({
  id: Id,
  state: AccountState,
  following: Type.Boolean(),
  showingReposts: Type.Boolean(),
  /** Empty: every language. Otherwise only posts in these are wanted in home. */
  languages: Type.Array(Type.String({ maxLength: 12 }), { maxItems: 20 }),
  blocking: Type.Boolean(),
  blockedBy: Type.Boolean(),
  muting: Type.Boolean(),
});
export type AuthorFacts = Static<typeof AuthorFacts>;

export const Preferences = Type.Object({
  postingVisibility: Type.Union([Type.Literal('public'), Type.Literal('unlisted'), Type.Literal('followers')]),
  postingSensitive: Type.Boolean(),
  postingLanguage: Type.Union([Type.String({ maxLength: 12 }), Type.Null()]),
  expandMedia: Type.Union([Type.Literal('default'), Type.Literal('show_all'), Type.Literal('hide_all')]),
  expandSpoilers: Type.Boolean(),
});
export type Preferences = Static<typeof Preferences>;
