/**
 * Forgets people who deleted their account.
 *
 * Invariant: the event only notes whom to forget; the note goes when nothing is left. Posts and deeds go in small batches by the ordinary operations,
 * each of which may be done again, so a crash costs at most a repetition.
 */
import { USER_TOPIC, userEvents } from '#contracts/events/user.ts';
import { serviceContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Faults } from '#platform/faults/faults.ts';
import { Looper } from '#platform/outbox/looper.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Subscription } from '#ports/event-bus/port.ts';
import type { PostMedia } from './media-port.ts';
import type { React } from './react.ts';
import type { RemovePost } from './remove.ts';
import type { AuthorListing } from './store/author-listing.ts';
import type { DeedListing } from './store/deed-listing.ts';
import type { DraftStore } from './store/draft-store.ts';
import type { ErasureStore } from './store/erasure-store.ts';
import type { PinStore } from './store/pin-store.ts';
import type { PostStore } from './store/post-store.ts';
import type { Reservations } from './store/reservations.ts';
import type { ScheduledStore } from './store/scheduled-store.ts';
import type { TagStore } from './store/tag-store.ts';

export const ERASURE_GROUP = 'post.erasure';

const BATCH = 50;
const RETRY_AFTER_MS = 5_000;

export interface ErasureTools {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly log: Logger;
  readonly erasures: ErasureStore;
  readonly posts: PostStore;
  readonly listing: AuthorListing;
  readonly deedListing: DeedListing;
  readonly removing: RemovePost;
  readonly react: React;
  readonly media: PostMedia;
  readonly pins: PinStore;
  readonly reservations: Reservations;
  readonly scheduled: ScheduledStore;
  readonly draftStore: DraftStore;
  readonly tags: TagStore;
}

export class Erasure {
  readonly #tools: ErasureTools;
  readonly #looper: Looper;

  constructor(tools: ErasureTools) {
    this.#tools = tools;
    this.#looper = new Looper((signal) => this.#step(signal));
  }

  get subscription(): Subscription {
    const { erasures, clock } = this.#tools;
    return {
      group: ERASURE_GROUP,
      topics: [USER_TOPIC],
      from: 'earliest',
      offsets: 'core',
      maxBatch: 100,
      handle: async (events) => {
        for (const { body } of events) {
          const { type, data } = JSON.parse(body) as { type: string; data: { accountId: string } };
          if (type === userEvents.UserDeleted.type) await erasures.add(data.accountId, clock.now());
        }
        this.#looper.wake();
      },
    };
  }

  start(): void {
    this.#looper.start();
  }

  async drain(): Promise<void> {
    await this.#looper.rest();
  }

  async stop(): Promise<void> {
    await this.#looper.stop();
  }

  async #step(signal: AbortSignal): Promise<boolean> {
    const { erasures, clock, log } = this.#tools;
    try {
      const accountId = await erasures.next();
      if (accountId === undefined) return false;
      if (await this.#erase(accountId, signal)) await erasures.finish(accountId);
      return !signal.aborted;
    } catch (error) {
      log.warn({ err: error }, 'erasure: trying again');
      await clock.wait(RETRY_AFTER_MS, signal);
      return true;
    }
  }

  /** Whether nothing is left. */
  async #erase(accountId: string, signal: AbortSignal): Promise<boolean> {
    const { faults, erasures, pins, reservations, scheduled, draftStore, tags } = this.#tools;
    await scheduled.forget(accountId);
    await draftStore.forget(accountId);
    await pins.forget(accountId);
    await tags.forget(accountId);
    if (!(await this.#erasePosts(accountId, signal))) return false;
    for (const kind of ['like', 'bookmark'] as const) {
      if (!(await this.#endDeeds(accountId, kind, signal))) return false;
    }
    faults.hit('erasure.before-finish');
    await reservations.forget(accountId);
    await erasures.forgetPerson(accountId);
    return true;
  }

  async #erasePosts(accountId: string, signal: AbortSignal): Promise<boolean> {
    const { faults, listing, posts, removing, media, clock } = this.#tools;
    for (;;) {
      const heads = await listing.recent(accountId, undefined, BATCH);
      if (heads.length === 0) return true;
      for (const head of heads) {
        if (signal.aborted) return false;
        await removing.erase(head, (await posts.body(head.id))?.body, serviceContext('post', clock));
        faults.hit('erasure.between-posts');
        if (head.kind === 'post') await media.release(head.id, 'all', true);
      }
    }
  }

  async #endDeeds(accountId: string, kind: 'like' | 'bookmark', signal: AbortSignal): Promise<boolean> {
    const { deedListing, react, clock } = this.#tools;
    for await (const rows of deedListing.pages(accountId, kind, {}, BATCH)) {
      for (const { postId } of rows) {
        if (signal.aborted) return false;
        await react.endFor(accountId, kind, postId, serviceContext('post', clock));
      }
    }
    return true;
  }
}
