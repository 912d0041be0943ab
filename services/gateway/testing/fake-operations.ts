import type { Static } from 'typebox';
import type { Account, AccountCounts, Preferences } from '#contracts/model/account.ts';
import type { DraftContent, KeptDraft, PostDraft, ScheduledPost, ShownPost } from '#contracts/model/post.ts';
import { accountOf, type CallContext } from '#platform/calls/context.ts';
import { notFound, PlazaError } from '#platform/errors/errors.ts';
import { type FakeWorld, relationship } from './fake-services.ts';

export type Handler = (input: never, context: CallContext) => unknown;

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 0, 1);

const BEGUN: DraftContent = {
  text: 'so far',
  contentWarning: '',
  sensitive: false,
  language: 'en',
  visibility: 'followers',
  replyToId: null,
  mediaIds: [],
  poll: { options: ['one'], multiple: false, hideTotals: false, expiresInSeconds: 300 },
  dueMs: START_MS,
};

const PREFERENCES: Static<typeof Preferences> = {
  postingVisibility: 'public',
  postingSensitive: false,
  postingLanguage: 'en',
  expandMedia: 'default',
  expandSpoilers: false,
};

/** Answers of the four services over a fake world: one plausible answer each, of the shape of the contracts. */
export function operationsOf(world: FakeWorld): Record<string, Record<string, Handler>> {
  const account = (id: string): Account => {
    const found = world.accounts.get(id);
    if (found === undefined) throw notFound();
    return found;
  };
  const everybody = () => ({ accounts: [...world.accounts.values()], cursors: { olderThan: '5', newerThan: '9' } });
  const page = (posts: ShownPost[]) => ({
    posts,
    cursors: posts.length === 0 ? {} : { olderThan: posts.at(-1)!.head.id, newerThan: posts[0]!.head.id },
  });
  const posts = () => page(world.newestFirst());
  const related = ({ accountId }: { accountId: string }) =>
    relationship(account(accountId).id, { mutingUntilMs: START_MS });
  const shown = ({ postId }: { postId: string }) => world.shown(postId);
  const poll = (id: string) => ({
    id,
    postId: id,
    options: [
      { title: 'yes', votes: 1 },
      { title: 'no', votes: null },
    ],
    multiple: false,
    expiresMs: START_MS,
    expired: false,
    votes: 1,
    voters: 1,
    ownVotes: [0],
    voted: true,
  });
  const hashtag = (name: string) => ({
    name,
    days: Array.from({ length: 7 }, (_, at) => ({ dayMs: START_MS - at * DAY_MS, uses: at, accounts: at })),
  });
  const scheduled = (id: string, draft?: Static<typeof PostDraft>): ScheduledPost => ({
    id,
    draft: draft ?? {
      text: 'later',
      contentWarning: '',
      sensitive: false,
      language: 'en',
      visibility: 'followers',
      replyToId: null,
      mediaIds: [],
      poll: { options: ['a', 'b'], multiple: false, hideTotals: false, expiresInSeconds: 300 },
      application: null,
    },
    media: [],
    dueMs: START_MS,
  });
  const nothing = () => ({});
  const list = (listId: string) => ({ id: listId, title: 'Friends', repliesPolicy: 'list', exclusive: false });
  const filter = (id: string) => ({
    id,
    title: 'No rain',
    contexts: ['home'],
    expiresMs: START_MS,
    action: 'warn',
    keywords: [{ id: '71', keyword: 'rain', wholeWord: true }],
    posts: [{ id: '72', postId: '73' }],
  });
  const keyword = () => ({ id: '71', keyword: 'rain', wholeWord: true });
  const marker = () => ({ markers: [{ timeline: 'home', lastReadId: '12', version: 1, updatedMs: START_MS }] });
  const featured = () => ({ id: '81', name: 'plaza', posts: 2, lastPostMs: START_MS });
  const mediaOf = ({ mediaId }: { mediaId: string }) => {
    const found = world.media.get(mediaId);
    if (found === undefined) throw notFound();
    return found;
  };

  return {
    authentication: {
      authenticate: ({ token }: { token: string }) => {
        const principal = world.principals.get(token);
        if (principal === undefined || world.ended.has(principal.sessionId)) {
          throw new PlazaError('unauthenticated', 'The access token is invalid');
        }
        return { principal, jwt: '', expiresMs: Number.MAX_SAFE_INTEGER };
      },
      checkSession: ({ sessionId }: { sessionId: string }) => {
        const principal = [...world.principals.values()].find((one) => one.sessionId === sessionId);
        const active = principal !== undefined && !world.ended.has(sessionId);
        return { active, revision: active ? principal.revision : 0 };
      },
      registerApp: (input: { name: string; redirectUris: string[]; scopes: string; website: string | null }) => ({
        app: { ...input, id: '77', scopes: input.scopes.split(' '), clientId: 'client' },
        clientSecret: 'secret',
      }),
      getApp: () => ({
        id: '77',
        name: 'A test',
        website: null,
        redirectUris: ['urn:ietf:wg:oauth:2.0:oob'],
        scopes: ['read'],
        clientId: 'client',
      }),
      issueToken: () => ({ accessToken: 'token', tokenType: 'Bearer', scope: 'read', createdMs: START_MS }),
      revokeToken: nothing,
      signUpThroughApp: () => ({ accessToken: 'token', tokenType: 'Bearer', scope: 'read', createdMs: START_MS }),
      getCredentials: () => ({ email: 'ada@x.test', confirmed: true, secondFactor: false, socialProviders: [] }),
      verifyPassword: nothing,
      changePassword: nothing,
      requestEmailChange: nothing,
      resendConfirmation: nothing,
      beginSecondFactor: () => ({ secret: 'ABCDEFGH', uri: 'otpauth://totp/plaza:ada?secret=ABCDEFGH' }),
      enableSecondFactor: () => ({ recoveryCodes: ['one-code'] }),
      disableSecondFactor: nothing,
      listSessions: () => ({
        sessions: [
          { sessionId: '1', createdMs: START_MS, lastUsedMs: START_MS, appName: null, ip: '127.0.0.1', userAgent: 'x' },
        ],
      }),
      revokeSession: nothing,
      signOut: nothing,
      signOutEverywhere: nothing,
    },
    user: {
      changeUsername: (_input: unknown, context: CallContext) => account(accountOf(context)!),
      deactivate: nothing,
      deleteAccount: nothing,
      getAccounts: ({ ids }: { ids: string[] }) => ({ accounts: ids.flatMap((id) => world.accounts.get(id) ?? []) }),
      getAccount: ({ accountId }: { accountId: string }) => account(accountId),
      getCounts: ({ ids }: { ids: string[] }) => ({
        counts: ids.map((id): AccountCounts => ({ id, followers: 1, following: 2, posts: 3, lastPostMs: START_MS })),
      }),
      lookup: ({ username }: { username: string }) => {
        const found = [...world.accounts.values()].find((one) => one.username === username.toLowerCase());
        if (found === undefined) throw notFound();
        return found;
      },
      search: () => ({ accounts: everybody().accounts }),
      visibilityFacts: ({ authorIds }: { authorIds: string[] }) => ({
        viewerState: 'active',
        facts: authorIds.map((id) => ({
          id,
          state: world.accounts.get(id)?.state ?? 'deleted',
          following: false,
          showingReposts: true,
          languages: [],
          blocking: false,
          blockedBy: false,
          muting: false,
        })),
      }),
      getPreferences: () => PREFERENCES,
      updateProfile: (_input: unknown, context: CallContext) => account(accountOf(context)!),
      follow: related,
      unfollow: related,
      removeFollower: related,
      authorizeFollow: related,
      rejectFollow: related,
      block: related,
      unblock: related,
      mute: related,
      unmute: related,
      setNote: related,
      endorse: related,
      unendorse: related,
      relationships: ({ ids }: { ids: string[] }) => ({ relationships: ids.map((id) => relationship(id)) }),
      listFollowers: everybody,
      listFollowing: everybody,
      listBlocked: everybody,
      listFollowRequests: everybody,
      listEndorsed: everybody,
      listMuted: () => ({
        accounts: everybody().accounts.map((one, at) => ({ account: one, untilMs: at === 0 ? null : START_MS })),
        cursors: {},
      }),
      familiarFollowers: ({ ids }: { ids: string[] }) => ({
        results: ids.map((id) => ({ id, accounts: everybody().accounts })),
      }),
      suggestions: () => ({
        suggestions: everybody().accounts.map((one) => ({ account: one, source: 'friends_of_friends' })),
      }),
      dismissSuggestion: nothing,
      statistics: () => ({ accounts: 5, activeMonth: 4 }),
    },
    post: {
      create: ({ draft }: { draft: Static<typeof PostDraft> }, context: CallContext) =>
        world.addPost(account(accountOf(context)!), draft.text, { head: { visibility: draft.visibility } }),
      edit: shown,
      remove: (input: { postId: string }) => ({ shown: shown(input), body: world.bodies.get(input.postId)! }),
      getShown: shown,
      getManyShown: ({ ids }: { ids: string[] }) => ({
        posts: ids.filter((id) => world.heads.has(id)).map((id) => world.shown(id)),
      }),
      getBodies: ({ ids }: { ids: string[] }) => ({ bodies: ids.flatMap((id) => world.bodies.get(id) ?? []) }),
      getCounts: ({ ids }: { ids: string[] }) => ({
        counts: ids.map((id) => ({ id, likes: 1, reposts: 2, replies: 3 })),
      }),
      getViewerStates: ({ ids }: { ids: string[] }) => ({
        states: ids.map((id) => ({
          id,
          liked: world.liked.has(id),
          reposted: false,
          bookmarked: false,
          threadMuted: false,
          pinned: false,
        })),
      }),
      getThread: ({ postId }: { postId: string }) => {
        shown({ postId });
        return { ancestors: posts().posts.slice(0, 1), descendants: posts().posts.slice(1) };
      },
      getHistory: ({ postId }: { postId: string }) => {
        const body = world.bodies.get(postId)!;
        return {
          revisions: [
            {
              text: body.text,
              contentWarning: '',
              sensitive: false,
              mentions: [],
              tags: [],
              media: body.media,
              pollOptions: body.pollId === null ? null : ['yes', 'no'],
              createdMs: START_MS,
            },
          ],
        };
      },
      like: shown,
      unlike: shown,
      repost: (input: { postId: string }, context: CallContext) =>
        world.repost(account(accountOf(context)!), shown(input)),
      undoRepost: shown,
      bookmark: shown,
      unbookmark: shown,
      pin: shown,
      unpin: shown,
      muteThread: shown,
      unmuteThread: shown,
      listLikers: () => ({ accountIds: [...world.accounts.keys()], cursors: {} }),
      listReposters: () => ({ accountIds: [...world.accounts.keys()], cursors: {} }),
      listLiked: posts,
      listBookmarked: posts,
      listByAuthor: posts,
      getPoll: ({ pollId }: { pollId: string }) => poll(pollId),
      getPolls: ({ pollIds }: { pollIds: string[] }) => ({ polls: pollIds.map(poll) }),
      vote: ({ pollId }: { pollId: string }) => poll(pollId),
      schedule: ({ draft }: { draft: Static<typeof PostDraft> }) => scheduled('61', draft),
      listScheduled: () => ({ scheduled: [scheduled('61')], cursors: {} }),
      getScheduled: ({ id }: { id: string }) => scheduled(id),
      reschedule: ({ id }: { id: string }) => scheduled(id),
      cancelScheduled: nothing,
      listDrafts: () => ({ drafts: [{ id: '62', content: BEGUN, media: [], changedMs: START_MS }] }),
      addDraft: ({ content }: { content: DraftContent }) => ({ id: '62', content, media: [], changedMs: START_MS }),
      changeDraft: ({ id, content }: KeptDraft) => ({ id, content, media: [], changedMs: START_MS }),
      removeDraft: nothing,
      createMedia: (_input: unknown, context: CallContext) =>
        world.addMedia(accountOf(context)!, { postId: null }, false),
      getMedia: (input: { mediaId: string }) => mediaOf(input).media,
      updateMedia: (input: { mediaId: string }) => mediaOf(input).media,
      deleteMedia: nothing,
      getMediaAccess: mediaOf,
      getHashtags: ({ names }: { names: string[] }) => ({ tags: names.map(hashtag) }),
      searchHashtags: ({ prefix }: { prefix: string }) => ({ tags: [hashtag(prefix)] }),
      listFeaturedTags: () => ({ tags: [featured()] }),
      featureTag: featured,
      unfeatureTag: nothing,
      statistics: () => ({ posts: world.heads.size }),
    },
    feed: {
      home: ({ page: { limit } }: { page: { limit: number } }) => page(world.newestFirst().slice(0, limit)),
      public: posts,
      tag: posts,
      list: posts,
      createList: () => list('51'),
      updateList: ({ listId }: { listId: string }) => list(listId),
      deleteList: nothing,
      getList: ({ listId }: { listId: string }) => list(listId),
      listLists: () => ({ lists: [list('51')] }),
      listsWith: () => ({ lists: [list('51')] }),
      addListMembers: nothing,
      removeListMembers: nothing,
      listMembers: () => ({ accountIds: [...world.accounts.keys()], cursors: {} }),
      followTag: nothing,
      unfollowTag: nothing,
      listFollowedTags: () => ({ names: ['plaza'], cursors: { olderThan: '3' } }),
      followedAmong: ({ names }: { names: string[] }) => ({ names: names.slice(0, 1) }),
      listFilters: () => ({ filters: world.filters }),
      getFilter: ({ filterId }: { filterId: string }) => filter(filterId),
      createFilter: () => filter('41'),
      updateFilter: ({ filterId }: { filterId: string }) => filter(filterId),
      deleteFilter: nothing,
      addFilterKeyword: keyword,
      getFilterKeyword: keyword,
      updateFilterKeyword: keyword,
      deleteFilterKeyword: nothing,
      addFilterPost: ({ postId }: { postId: string }) => ({ id: '72', postId }),
      getFilterPost: () => ({ id: '72', postId: '73' }),
      deleteFilterPost: nothing,
      getMarkers: marker,
      setMarkers: marker,
    },
  };
}
