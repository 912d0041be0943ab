import type { Static } from 'typebox';
import type { Account, AccountCounts, Preferences, Relationship } from '#contracts/model/account.ts';
import type { Media, PostBody, PostHead, ShownPost } from '#contracts/model/post.ts';
import type { Principal } from '#contracts/services/authentication.ts';
import type { Filter } from '#contracts/services/feed.ts';
import { accountOf, type CallContext } from '#platform/calls/context.ts';
import { notFound, PlazaError } from '#platform/errors/errors.ts';
import type { Services } from '../gateway.ts';

/** A small world in memory, as the services would tell of it. Tests change it as they like. */
export class FakeWorld {
  readonly accounts = new Map<string, Account>();
  readonly principals = new Map<string, Principal>();
  readonly ended = new Set<string>();
  readonly heads = new Map<string, PostHead>();
  readonly bodies = new Map<string, PostBody>();
  readonly media = new Map<string, { media: Static<typeof Media>; open: boolean }>();
  filters: Filter[] = [];
  /** Every call that was made: `post.create`, with its input. */
  readonly calls: { readonly name: string; readonly input: unknown; readonly context: CallContext }[] = [];
  #nextId = 1_000;

  addAccount(username: string, change: Partial<Account> = {}): Account {
    const account: Account = {
      id: String(this.#nextId++),
      username,
      displayName: username.toUpperCase(),
      bio: 'Hello\n\nworld',
      fields: [],
      avatar: null,
      header: null,
      locked: false,
      bot: false,
      discoverable: true,
      indexable: true,
      hideCollections: false,
      state: 'active',
      createdMs: Date.UTC(2026, 0, 1),
      version: 1,
      ...change,
    };
    this.accounts.set(account.id, account);
    return account;
  }

  addToken(token: string, account: Account | null, change: Partial<Principal> = {}): Principal {
    const principal: Principal = {
      accountId: account?.id ?? null,
      sessionId: String(this.#nextId++),
      scopes: ['read', 'write', 'follow'],
      role: account === null ? 'app' : 'user',
      permissions:
        account === null ? [] : ['posts.write', 'graph.write', 'profile.write', 'messages.write', 'reports.create'],
      appId: '77',
      appName: 'A test',
      appWebsite: null,
      firstParty: false,
      revision: 1,
      restriction: null,
      ...change,
    };
    this.principals.set(token, principal);
    return principal;
  }

  addPost(
    author: Account,
    text: string,
    change: { head?: Partial<PostHead>; body?: Partial<PostBody> } = {},
  ): ShownPost {
    const id = String(this.#nextId++);
    const head: PostHead = {
      id,
      authorId: author.id,
      kind: 'post',
      visibility: 'public',
      state: 'live',
      version: 1,
      createdMs: Date.UTC(2026, 0, 2),
      replyToId: null,
      replyToAuthorId: null,
      repostOfId: null,
      repostOfAuthorId: null,
      threadId: id,
      language: 'en',
      mentionedIds: [],
      ...change.head,
    };
    const body: PostBody = {
      id,
      version: 1,
      text,
      contentWarning: '',
      sensitive: false,
      language: 'en',
      mentions: [],
      tags: [],
      media: [],
      pollId: null,
      application: { name: 'A test', website: null },
      createdMs: head.createdMs,
      editedMs: null,
      ...change.body,
    };
    this.heads.set(id, head);
    this.bodies.set(id, body);
    return { head };
  }

  repost(author: Account, target: ShownPost): ShownPost {
    const { head } = this.addPost(author, '', {
      head: { kind: 'repost', repostOfId: target.head.id, repostOfAuthorId: target.head.authorId },
    });
    return { head, target: target.head };
  }

  shown(id: string): ShownPost {
    const head = this.heads.get(id);
    if (head === undefined) throw notFound();
    return head.repostOfId === null ? { head } : { head, target: this.heads.get(head.repostOfId)! };
  }

  newestFirst(): ShownPost[] {
    return [...this.heads.keys()].reverse().map((id) => this.shown(id));
  }
}

export function relationship(
  id: string,
  change: Partial<Static<typeof Relationship>> = {},
): Static<typeof Relationship> {
  return {
    id,
    following: false,
    showingReposts: false,
    notifying: false,
    languages: [],
    followedBy: false,
    blocking: false,
    blockedBy: false,
    muting: false,
    mutingNotifications: false,
    mutingUntilMs: null,
    requested: false,
    requestedBy: false,
    endorsed: false,
    note: '',
    ...change,
  };
}

const PREFERENCES: Static<typeof Preferences> = {
  postingVisibility: 'public',
  postingSensitive: false,
  postingLanguage: 'en',
  expandMedia: 'default',
  expandSpoilers: false,
};

type Handlers = Record<string, Record<string, (input: never, context: CallContext) => unknown>>;

/**
 * The services over a fake world. Operations that no test needs raise an error that names them. `override` replaces or adds some
 * (`{ 'post.create': … }`).
 */
export function fakeServices(
  world: FakeWorld,
  override: Record<string, (input: never, context: CallContext) => unknown> = {},
): Services {
  const handlers = handlersOf(world);
  const service = (name: string) =>
    new Proxy(
      {},
      {
        get: (_target, operation: string) => async (input: never, context: CallContext) => {
          world.calls.push({ name: `${name}.${operation}`, input, context });
          const handle = override[`${name}.${operation}`] ?? handlers[name]?.[operation];
          if (handle === undefined) throw new Error(`the fake has no ${name}.${operation}`);
          return handle(input, context);
        },
      },
    );
  return {
    authentication: service('authentication'),
    user: service('user'),
    post: service('post'),
    feed: service('feed'),
  } as unknown as Services;
}

function handlersOf(world: FakeWorld): Handlers {
  const account = (id: string): Account => {
    const found = world.accounts.get(id);
    if (found === undefined) throw notFound();
    return found;
  };
  const page = (posts: ShownPost[]) => ({
    posts,
    cursors: posts.length === 0 ? {} : { olderThan: posts.at(-1)!.head.id, newerThan: posts[0]!.head.id },
  });
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
    },
    user: {
      getAccounts: ({ ids }: { ids: string[] }) => ({ accounts: ids.flatMap((id) => world.accounts.get(id) ?? []) }),
      getAccount: ({ accountId }: { accountId: string }) => account(accountId),
      getCounts: ({ ids }: { ids: string[] }) => ({
        counts: ids.map((id): AccountCounts => ({ id, followers: 1, following: 2, posts: 3, lastPostMs: 0 })),
      }),
      lookup: ({ username }: { username: string }) => {
        const found = [...world.accounts.values()].find((one) => one.username === username.toLowerCase());
        if (found === undefined) throw notFound();
        return found;
      },
      getPreferences: () => PREFERENCES,
      follow: ({ accountId }: { accountId: string }) => relationship(account(accountId).id, { following: true }),
      unfollow: ({ accountId }: { accountId: string }) => relationship(account(accountId).id),
    },
    post: {
      create: ({ draft }: { draft: { text: string; visibility: 'public' } }, context: CallContext) =>
        world.addPost(account(accountOf(context)!), draft.text, { head: { visibility: draft.visibility } }),
      getShown: ({ postId }: { postId: string }) => world.shown(postId),
      getBodies: ({ ids }: { ids: string[] }) => ({ bodies: ids.flatMap((id) => world.bodies.get(id) ?? []) }),
      getCounts: ({ ids }: { ids: string[] }) => ({
        counts: ids.map((id) => ({ id, likes: 1, reposts: 2, replies: 3 })),
      }),
      getViewerStates: ({ ids }: { ids: string[] }) => ({
        states: ids.map((id) => ({
          id,
          liked: false,
          reposted: false,
          bookmarked: false,
          threadMuted: false,
          pinned: false,
        })),
      }),
    },
    feed: {
      home: () => page(world.newestFirst()),
      listFilters: () => ({ filters: world.filters }),
    },
  };
}
