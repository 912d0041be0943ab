import Type, { type Static } from 'typebox';
import {
  Account,
  AccountCounts,
  AccountState,
  AuthorFacts,
  Preferences,
  Relationship,
} from '#contracts/model/account.ts';
import { Cursors, Id, Ids, Nothing, Page, TimeMs } from '#contracts/model/common.ts';
import { defineService, idempotentWrite, read, type ServiceApi, write } from '#platform/calls/contract.ts';

const LongText = Type.String({ maxLength: 2_000 });
const AccountPage = Type.Object({ accounts: Type.Array(Account), cursors: Cursors });
const Target = Type.Object({ accountId: Id });
const ListOf = Type.Object({ accountId: Id, page: Page });

export const ImageUpload = Type.Object({
  /** The bytes, base64: profile pictures are small (limited before they come here). */
  base64: Type.String({ maxLength: 12_000_000 }),
});

export const ProfileChange = Type.Object({
  displayName: Type.Optional(Type.String({ maxLength: 100 })),
  bio: Type.Optional(Type.String({ maxLength: 5_000 })),
  /** Wider than what is taken, so that the service can say in words what is too long. */
  fields: Type.Optional(Type.Array(Type.Object({ name: LongText, value: LongText }), { maxItems: 20 })),
  locked: Type.Optional(Type.Boolean()),
  bot: Type.Optional(Type.Boolean()),
  discoverable: Type.Optional(Type.Boolean()),
  indexable: Type.Optional(Type.Boolean()),
  hideCollections: Type.Optional(Type.Boolean()),
  avatar: Type.Optional(Type.Union([ImageUpload, Type.Null()])),
  avatarDescription: Type.Optional(Type.String({ maxLength: 1_500 })),
  header: Type.Optional(Type.Union([ImageUpload, Type.Null()])),
  headerDescription: Type.Optional(Type.String({ maxLength: 1_500 })),
  preferences: Type.Optional(Type.Partial(Preferences)),
});

/**
 * Profiles and the graph. "Caller" is the account of the call context; operations of a person answer `unauthenticated` without one.
 * Accounts that the caller may not see (see `policies/visibility`) are left out of lists and answer `not_found`.
 */
export const userContract = defineService('user', {
  /** At sign-up, from authentication. `conflict` when the username is taken. The same account id again answers the same account. */
  createAccount: idempotentWrite(
    Type.Object({
      accountId: Id,
      username: Type.String({ maxLength: 30 }),
      state: AccountState,
      locale: Type.String({ maxLength: 12 }),
    }),
    Account,
  ),
  /** From authentication and moderation: pending → active, suspend, unsuspend. */
  setAccountState: idempotentWrite(Type.Object({ accountId: Id, state: AccountState }), Nothing),

  /** Accounts as they are, unfiltered (callers apply the policy): for services and the gateway. Unknown ids are left out. */
  getAccounts: read(Type.Object({ ids: Ids }), Type.Object({ accounts: Type.Array(Account) })),
  getCounts: read(Type.Object({ ids: Ids }), Type.Object({ counts: Type.Array(AccountCounts) })),
  /** One account that the caller may see, or `not_found`. */
  getAccount: read(Target, Account),
  /** By username, in any case, or `not_found`. */
  lookup: read(Type.Object({ username: Type.String({ maxLength: 100 }) }), Account),
  /** Usernames (any case) to accounts, for mentions; unfiltered, unknown names left out. */
  resolveUsernames: read(
    Type.Object({ usernames: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 100 }) }),
    Type.Object({ accounts: Type.Array(Account) }),
  ),
  /** By prefix of username or of a word of the display name; those the caller follows come first. */
  search: read(
    Type.Object({
      text: Type.String({ maxLength: 200 }),
      followingOnly: Type.Boolean(),
      offset: Type.Integer({ minimum: 0, maximum: 1_000 }),
      limit: Type.Integer({ minimum: 1, maximum: 80 }),
    }),
    Type.Object({ accounts: Type.Array(Account) }),
  ),

  updateProfile: write(ProfileChange, Account, 20_000),
  changeUsername: write(Type.Object({ username: Type.String({ maxLength: 100 }) }), Account),
  getPreferences: read(Nothing, Preferences),
  /** Of the caller: hides them from everyone until they come back (signing in does that through authentication). */
  deactivate: idempotentWrite(Nothing, Nothing),
  /** For good. Publishes `UserDeleted`; every service then forgets the person. */
  deleteAccount: idempotentWrite(Nothing, Nothing),

  follow: idempotentWrite(
    Type.Object({
      accountId: Id,
      showReposts: Type.Optional(Type.Boolean()),
      notify: Type.Optional(Type.Boolean()),
      languages: Type.Optional(Type.Array(Type.String({ maxLength: 12 }), { maxItems: 20 })),
    }),
    Relationship,
  ),
  unfollow: idempotentWrite(Target, Relationship),
  removeFollower: idempotentWrite(Target, Relationship),
  authorizeFollow: idempotentWrite(Target, Relationship),
  rejectFollow: idempotentWrite(Target, Relationship),
  block: idempotentWrite(Target, Relationship),
  unblock: idempotentWrite(Target, Relationship),
  mute: idempotentWrite(
    Type.Object({
      accountId: Id,
      notifications: Type.Boolean(),
      durationSeconds: Type.Integer({ minimum: 0, maximum: 315_360_000 }),
    }),
    Relationship,
  ),
  unmute: idempotentWrite(Target, Relationship),
  setNote: idempotentWrite(Type.Object({ accountId: Id, note: Type.String({ maxLength: 2_000 }) }), Relationship),
  endorse: idempotentWrite(Target, Relationship),
  unendorse: idempotentWrite(Target, Relationship),
  /** Of the caller to each account, in the order asked for; unknown ids are left out. */
  relationships: read(Type.Object({ ids: Ids }), Type.Object({ relationships: Type.Array(Relationship) })),

  /** Cursors of these lists are ids of the edge, not of the account. */
  listFollowers: read(ListOf, AccountPage),
  listFollowing: read(ListOf, AccountPage),
  listBlocked: read(Type.Object({ page: Page }), AccountPage),
  listMuted: read(
    Type.Object({ page: Page }),
    Type.Object({
      accounts: Type.Array(Type.Object({ account: Account, untilMs: Type.Union([TimeMs, Type.Null()]) })),
      cursors: Cursors,
    }),
  ),
  listFollowRequests: read(Type.Object({ page: Page }), AccountPage),
  listEndorsed: read(ListOf, AccountPage),
  familiarFollowers: read(
    Type.Object({ ids: Ids }),
    Type.Object({ results: Type.Array(Type.Object({ id: Id, accounts: Type.Array(Account) })) }),
  ),
  /** People the caller does not follow, best first: those whom the caller's follows follow, then the most followed. */
  suggestions: read(
    Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 80 }) }),
    Type.Object({
      suggestions: Type.Array(
        Type.Object({
          account: Account,
          source: Type.Union([Type.Literal('friends_of_friends'), Type.Literal('most_followed')]),
        }),
      ),
    }),
  ),
  dismissSuggestion: idempotentWrite(Target, Nothing),

  /** For services: what decides visibility between one viewer (null: anonymous) and some authors, strongly consistent. Unknown authors come as `deleted`. */
  visibilityFacts: read(
    Type.Object({ viewerId: Type.Union([Id, Type.Null()]), authorIds: Ids }),
    Type.Object({ viewerState: Type.Union([AccountState, Type.Null()]), facts: Type.Array(AuthorFacts) }),
  ),
  /** For services: the followers of an account in order of follower id, a page at a time. */
  followerIds: read(
    Type.Object({
      accountId: Id,
      after: Type.Union([Id, Type.Null()]),
      limit: Type.Integer({ minimum: 1, maximum: 10_000 }),
    }),
    Type.Object({ followers: Type.Array(Type.Object({ id: Id, showReposts: Type.Boolean() })) }),
  ),
  /** For services: whom an account follows, at most 10,000 (the limit of follows), in order of id. */
  followingIds: read(
    Type.Object({ accountId: Id }),
    Type.Object({ following: Type.Array(Type.Object({ id: Id, showReposts: Type.Boolean() })) }),
  ),
  /** For instance pages. */
  statistics: read(Nothing, Type.Object({ accounts: Type.Integer(), activeMonth: Type.Integer() })),
});

export type UserService = ServiceApi<typeof userContract>;
export type ProfileChange = Static<typeof ProfileChange>;
