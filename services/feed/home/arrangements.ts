import { LRUCache } from 'lru-cache';
import type { Clock } from '#platform/clock/clock.ts';
import type { Stamp } from '#platform/remembering/dependencies.ts';
import { recording } from '#platform/remembering/recording.ts';
import type { Cache } from '#ports/cache/port.ts';
import type { FeedConfig } from '../config.ts';
import type { Entry } from '../entries/entry.ts';
import type { Arrangement } from '../judge/rules.ts';
import type { Lists } from '../lists/store.ts';
import type { FollowedTags } from '../tags/followed.ts';
import type { PostTags } from '../tags/post-tags.ts';
import type { Arrangements } from './home.ts';

interface Known extends Stamp {
  readonly excludedAuthors: ReadonlySet<string>;
  readonly tags: ReadonlySet<string>;
  readonly readMs: number;
}

/** Where several processes serve homes, news of a change may be lost; then it holds after this. */
const MAX_AGE_MS = 10_000;
const CHANNEL = 'feed.arranged';

/** How readers arranged their homes: exclusive lists and followed hashtags. Held in memory until they change. */
export class ArrangementReader implements Arrangements {
  readonly #lists: Lists;
  readonly #followed: FollowedTags;
  readonly #postTags: PostTags;
  readonly #cache: Cache;
  readonly #clock: Clock;
  readonly #shared: boolean;
  readonly #known: LRUCache<string, Known>;
  /** Counts changes, so that a read which was under way meanwhile is not kept. */
  #changes = 0;
  #unsubscribe: (() => Promise<void>) | undefined;

  constructor(
    parts: { lists: Lists; followed: FollowedTags; postTags: PostTags; cache: Cache; clock: Clock },
    config: FeedConfig,
  ) {
    this.#lists = parts.lists;
    this.#followed = parts.followed;
    this.#postTags = parts.postTags;
    this.#cache = parts.cache;
    this.#clock = parts.clock;
    this.#shared = config.shared;
    this.#known = new LRUCache({
      max: config.homesInMemory,
      dispose: (known) => {
        known.changed = true;
      },
    });
  }

  async start(): Promise<void> {
    if (!this.#shared) return;
    this.#unsubscribe = await this.#cache.subscribe(CHANNEL, (readerId) => this.#drop(readerId));
  }

  async stop(): Promise<void> {
    await this.#unsubscribe?.();
  }

  /** Call it after a reader's lists or followed hashtags changed. */
  async changed(readerId: string): Promise<void> {
    this.#drop(readerId);
    if (this.#shared) await this.#cache.publish(CHANNEL, readerId).catch(() => {});
  }

  async ofHome(readerId: string) {
    const { excludedAuthors, tags } = this.#fresh(readerId) ?? (await this.#read(readerId));
    const current = new Map<string, readonly string[]>();
    const arrangement: Arrangement = {
      excludedAuthors,
      followsTagOf: (entry) => {
        const ofPost = current.get(entry.postId);
        return ofPost?.some((tag) => tags.has(tag)) ?? false;
      },
      mayStandAsReply: (_, facts) => facts?.following ?? false,
    };
    const prepare = async (entries: readonly Entry[]) => {
      const missing = entries.filter(({ tags, postId }) => tags !== '' && !current.has(postId));
      if (missing.length > 0)
        await this.#postTags.readInto(
          current,
          missing.map(({ postId }) => postId),
        );
    };
    return { arrangement, prepare };
  }

  #fresh(readerId: string): Known | undefined {
    const known = this.#known.get(readerId);
    if (known === undefined) return undefined;
    if (this.#shared && this.#clock.monotonic() - known.readMs >= MAX_AGE_MS) return undefined;
    const noting = recording();
    noting?.stamp(known);
    if (this.#shared) noting?.refuse();
    return known;
  }

  async #read(readerId: string): Promise<Known> {
    const changes = this.#changes;
    const readMs = this.#clock.monotonic();
    const [members, tags] = await Promise.all([this.#lists.exclusiveMembers(readerId), this.#followed.of(readerId)]);
    const known = { excludedAuthors: new Set(members), tags: new Set(tags), readMs, changed: false };
    if (changes === this.#changes) this.#known.set(readerId, known);
    return known;
  }

  #drop(readerId: string): void {
    this.#changes++;
    this.#known.delete(readerId);
  }
}
