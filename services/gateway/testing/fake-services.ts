import type { Static } from 'typebox';
import type { Account, Relationship } from '#contracts/model/account.ts';
import type { Media, PostBody, PostHead, ShownPost } from '#contracts/model/post.ts';
import { authenticationContract, type Principal } from '#contracts/services/authentication.ts';
import { type Filter, feedContract } from '#contracts/services/feed.ts';
import { postContract } from '#contracts/services/post.ts';
import { userContract } from '#contracts/services/user.ts';
import type { CallContext } from '#platform/calls/context.ts';
import type { ServiceContract } from '#platform/calls/contract.ts';
import { refusedInput, shapeCheck } from '#platform/calls/validation.ts';
import { notFound } from '#platform/errors/errors.ts';
import type { Services } from '../gateway.ts';
import { type Handler, operationsOf } from './fake-operations.ts';

/** A small world in memory, as the services would tell of it. Tests change it as they like. */
export class FakeWorld {
  readonly accounts = new Map<string, Account>();
  readonly principals = new Map<string, Principal>();
  readonly ended = new Set<string>();
  readonly heads = new Map<string, PostHead>();
  readonly bodies = new Map<string, PostBody>();
  readonly media = new Map<string, { media: Static<typeof Media>; open: boolean }>();
  /** Posts that whoever looks likes. */
  readonly liked = new Set<string>();
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

  addMedia(ownerId: string, change: Partial<Static<typeof Media>> = {}, open = true): Static<typeof Media> {
    const id = String(this.#nextId++);
    const media: Static<typeof Media> = {
      id,
      ownerId,
      postId: null,
      kind: 'image',
      contentType: 'image/png',
      fileName: 'original.png',
      thumbnailName: 'small.webp',
      sizeBytes: 100,
      original: { width: 640, height: 480 },
      thumbnail: { width: 400, height: 300 },
      blurhash: 'LEHV6nWB2yk8pyo0adR*.7kCMdnj',
      description: 'A picture',
      focus: { x: 0.5, y: -0.5 },
      ...change,
    };
    this.media.set(id, { media, open });
    return media;
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

/**
 * The services over a fake world. Operations that no test needs raise an error that names them. `override` replaces or adds some
 * (`{ 'post.create': … }`).
 */
export function fakeServices(world: FakeWorld, override: Record<string, Handler> = {}): Services {
  const operations = operationsOf(world);
  const service = ({ name, operations: contract }: ServiceContract) =>
    new Proxy(
      {},
      {
        get: (_target, operation: string) => async (input: never, context: CallContext) => {
          world.calls.push({ name: `${name}.${operation}`, input, context });
          const handle = override[`${name}.${operation}`] ?? operations[name]?.[operation];
          if (handle === undefined) throw new Error(`the fake has no ${name}.${operation}`);
          const { input: asked, output: answered } = contract[operation]!;
          const inputCheck = shapeCheck(asked);
          if (!inputCheck(input)) throw refusedInput(inputCheck, input);
          const output = await handle(input, context);
          const outputCheck = shapeCheck(answered);
          if (!outputCheck(output)) {
            throw new Error(`${name}.${operation}: ${outputCheck.explain(output).description}`);
          }
          return output;
        },
      },
    );
  return {
    authentication: service(authenticationContract),
    user: service(userContract),
    post: service(postContract),
    feed: service(feedContract),
  } as unknown as Services;
}
