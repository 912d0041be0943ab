import type { Static, TSchema } from 'typebox';
import type { EventType } from '#contracts/events/define.ts';
import { postEvents } from '#contracts/events/post.ts';
import { graphEvents, userEvents } from '#contracts/events/user.ts';
import type { AccountState, AuthorFacts } from '#contracts/model/account.ts';
import type { PostBody, PostHead, Visibility } from '#contracts/model/post.ts';
import type { PostService } from '#contracts/services/post.ts';
import type { UserService } from '#contracts/services/user.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { compareIds, type IdGenerator } from '#platform/ids/ids.ts';
import { newEvent } from '#platform/outbox/event.ts';
import type { EventBus } from '#ports/event-bus/port.ts';

interface Follow {
  showReposts: boolean;
  languages: string[];
}

interface Person {
  state: AccountState;
  readonly follows: Map<string, Follow>;
  readonly blocks: Set<string>;
  readonly mutes: Set<string>;
}

interface Post {
  head: PostHead;
  tags: string[];
  media: number;
}

export interface PostOptions {
  readonly visibility?: Visibility;
  readonly replyTo?: string;
  readonly tags?: string[];
  readonly media?: number;
  readonly language?: string | null;
  readonly mentions?: string[];
}

/**
 * People, whom they follow, and their posts, in memory: what the feed needs of the user and post services, with their events on the real bus.
 */
export class Community {
  readonly people = new Map<string, Person>();
  readonly posts = new Map<string, Post>();
  /** Ids of each author, oldest first. */
  readonly byAuthor = new Map<string, string[]>();
  /** Overrides the number of followers that is told. */
  readonly claimedFollowers = new Map<string, number>();
  /** How often each operation was called. */
  readonly calls = new Map<string, number>();
  readonly #bus: EventBus;
  readonly #ids: IdGenerator;
  readonly #clock: Clock & { advance(ms: number): void };

  constructor(bus: EventBus, ids: IdGenerator, clock: Clock & { advance(ms: number): void }) {
    this.#bus = bus;
    this.#ids = ids;
    this.#clock = clock;
  }

  person(): string {
    const id = this.#ids.next();
    this.people.set(id, { state: 'active', follows: new Map(), blocks: new Set(), mutes: new Set() });
    this.byAuthor.set(id, []);
    return id;
  }

  async follow(actorId: string, targetId: string, how: Partial<Follow> = {}): Promise<void> {
    this.#of(actorId).follows.set(targetId, { showReposts: true, languages: [], ...how });
    await this.#publish(graphEvents.UserFollowed, `${actorId}:${targetId}`, { actorId, targetId });
  }

  async unfollow(actorId: string, targetId: string): Promise<void> {
    this.#of(actorId).follows.delete(targetId);
    await this.#publish(graphEvents.UserUnfollowed, `${actorId}:${targetId}`, { actorId, targetId });
  }

  async block(actorId: string, targetId: string): Promise<void> {
    this.#of(actorId).blocks.add(targetId);
    this.#of(actorId).follows.delete(targetId);
    this.#of(targetId).follows.delete(actorId);
    await this.#publish(graphEvents.UserBlocked, `${actorId}:${targetId}`, { actorId, targetId });
  }

  mute(actorId: string, targetId: string): void {
    this.#of(actorId).mutes.add(targetId);
  }

  unmute(actorId: string, targetId: string): void {
    this.#of(actorId).mutes.delete(targetId);
  }

  async deleteAccount(accountId: string): Promise<void> {
    this.#of(accountId).state = 'deleted';
    await this.#publish(userEvents.UserDeleted, accountId, { accountId });
  }

  async post(authorId: string, options: PostOptions = {}): Promise<string> {
    const parent = options.replyTo === undefined ? undefined : this.posts.get(options.replyTo)!.head;
    return this.#add(authorId, options, {
      kind: 'post',
      replyToId: parent?.id ?? null,
      replyToAuthorId: parent?.authorId ?? null,
      repostOfId: null,
      repostOfAuthorId: null,
    });
  }

  async repost(authorId: string, targetId: string): Promise<string> {
    const target = this.posts.get(targetId)!.head;
    return this.#add(
      authorId,
      {},
      {
        kind: 'repost',
        replyToId: null,
        replyToAuthorId: null,
        repostOfId: targetId,
        repostOfAuthorId: target.authorId,
      },
    );
  }

  async edit(postId: string, change: { tags?: string[]; media?: number }): Promise<void> {
    const post = this.posts.get(postId)!;
    post.head = { ...post.head, version: post.head.version + 1 };
    post.tags = change.tags ?? post.tags;
    post.media = change.media ?? post.media;
    await this.#publish(postEvents.PostUpdated, postId, dataOf(post.head));
  }

  /** By its author, or (`hidden`) by a moderator, of which no event tells. */
  async remove(postId: string): Promise<void> {
    const post = this.posts.get(postId)!;
    post.head = { ...post.head, state: 'deleted', version: post.head.version + 1 };
    await this.#publish(postEvents.PostDeleted, postId, dataOf(post.head));
  }

  hide(postId: string): void {
    const post = this.posts.get(postId)!;
    post.head = { ...post.head, state: 'hidden' };
  }

  async #add(
    authorId: string,
    options: PostOptions,
    place: Pick<PostHead, 'kind' | 'replyToId' | 'replyToAuthorId' | 'repostOfId' | 'repostOfAuthorId'>,
  ): Promise<string> {
    this.#clock.advance(1_000);
    const id = this.#ids.next();
    const head: PostHead = {
      id,
      authorId,
      ...place,
      visibility: options.visibility ?? 'public',
      state: 'live',
      version: 1,
      createdMs: this.#clock.now(),
      threadId: id,
      language: options.language === undefined ? 'en' : options.language,
      mentionedIds: options.mentions ?? [],
    };
    this.posts.set(id, { head, tags: options.tags ?? [], media: options.media ?? 0 });
    this.byAuthor.get(authorId)!.push(id);
    await this.#publish(postEvents.PostCreated, id, dataOf(head));
    return id;
  }

  #of(id: string): Person {
    return this.people.get(id)!;
  }

  async #publish<D extends TSchema>(type: EventType<D>, subject: string, data: Static<D>): Promise<void> {
    const fields = { id: this.#ids.next(), source: 'test', subject, version: 1, timeMs: this.#clock.now(), data };
    await this.#bus.publish(type.topic, [newEvent(type, fields)]);
  }

  #count(name: string): void {
    this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
  }

  facts(viewerId: string | null, authorId: string): AuthorFacts {
    const author = this.people.get(authorId);
    const viewer = viewerId === null ? undefined : this.people.get(viewerId);
    const follow = viewer?.follows.get(authorId);
    return {
      id: authorId,
      state: author?.state ?? 'deleted',
      following: follow !== undefined,
      showingReposts: follow?.showReposts ?? false,
      languages: follow?.languages ?? [],
      blocking: viewer?.blocks.has(authorId) ?? false,
      blockedBy: viewerId !== null && (author?.blocks.has(viewerId) ?? false),
      muting: viewer?.mutes.has(authorId) ?? false,
    };
  }

  readonly userService: Pick<UserService, 'visibilityFacts' | 'followerIds' | 'followingIds' | 'getCounts'> = {
    visibilityFacts: async ({ viewerId, authorIds }) => {
      this.#count('visibilityFacts');
      return {
        viewerState: viewerId === null ? null : (this.people.get(viewerId)?.state ?? null),
        facts: authorIds.map((id) => this.facts(viewerId, id)),
      };
    },
    followerIds: async ({ accountId, after, limit }) => {
      this.#count('followerIds');
      const followers = [...this.people.entries()]
        .filter(([id, person]) => person.follows.has(accountId) && (after === null || compareIds(id, after) > 0))
        .map(([id, person]) => ({ id, showReposts: person.follows.get(accountId)!.showReposts }))
        .sort((a, b) => compareIds(a.id, b.id));
      return { followers: followers.slice(0, limit) };
    },
    followingIds: async ({ accountId }) => {
      this.#count('followingIds');
      const following = [...this.#of(accountId).follows].map(([id, { showReposts }]) => ({ id, showReposts }));
      return { following: following.sort((a, b) => compareIds(a.id, b.id)) };
    },
    getCounts: async ({ ids }) => ({
      counts: ids.map((id) => ({
        id,
        followers:
          this.claimedFollowers.get(id) ?? [...this.people.values()].filter((person) => person.follows.has(id)).length,
        following: 0,
        posts: 0,
        lastPostMs: null,
      })),
    }),
  };

  readonly postService: Pick<PostService, 'getHeads' | 'getBodies' | 'recentByAuthor'> = {
    getHeads: async ({ ids }) => {
      this.#count('getHeads');
      return { heads: ids.flatMap((id) => this.posts.get(id)?.head ?? []) };
    },
    getBodies: async ({ ids }) => ({
      bodies: ids.flatMap((id) => {
        const post = this.posts.get(id);
        return post === undefined || post.head.state === 'deleted' ? [] : [bodyOf(post)];
      }),
    }),
    recentByAuthor: async ({ accountId, before, limit }) => {
      this.#count('recentByAuthor');
      const ids = this.byAuthor.get(accountId) ?? [];
      const heads = ids
        .toReversed()
        .filter((id) => before === null || compareIds(id, before) < 0)
        .map((id) => this.posts.get(id)!.head)
        .filter(({ state }) => state !== 'deleted');
      return { heads: heads.slice(0, limit) };
    },
  };
}

function dataOf(head: PostHead) {
  const { authorId, kind, visibility, replyToId, replyToAuthorId, repostOfId, repostOfAuthorId, threadId } = head;
  return {
    postId: head.id,
    authorId,
    kind,
    visibility,
    replyToId,
    replyToAuthorId,
    repostOfId,
    repostOfAuthorId,
    threadId,
  };
}

function bodyOf({ head, tags, media }: Post): PostBody {
  return {
    id: head.id,
    version: head.version,
    text: '',
    contentWarning: '',
    sensitive: false,
    language: head.language,
    mentions: [],
    tags: [...tags],
    media: Array.from({ length: media }, (_, i) => picture(head, i)),
    pollId: null,
    application: null,
    createdMs: head.createdMs,
    editedMs: null,
  };
}

function picture(head: PostHead, index: number): PostBody['media'][number] {
  return {
    id: (BigInt(head.id) + BigInt(index)).toString(),
    ownerId: head.authorId,
    postId: head.id,
    kind: 'image',
    contentType: 'image/png',
    fileName: 'original.png',
    thumbnailName: null,
    sizeBytes: 1,
    original: null,
    thumbnail: null,
    blurhash: null,
    description: '',
    focus: { x: 0, y: 0 },
  };
}
