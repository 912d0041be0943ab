import type { UserService } from '#contracts/services/user.ts';
import { type CallContext, serviceContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import type { Faults } from '#platform/faults/faults.ts';
import type { IdGenerator } from '#platform/ids/ids.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { CreatePost } from './create.ts';
import type { PostStore } from './store/post-store.ts';
import type { ScheduledRow, ScheduledStore } from './store/scheduled-store.ts';

/** Another process may have scheduled something: nothing is due sooner than this after it was scheduled. */
const LOOK_EVERY_MS = 60_000;
const BATCH = 50;
/** What failed because something is away comes again after this. */
const RETRY_AFTER_MS = 5_000;

/** Failures of the draft itself: trying again would give the same answer. */
const FINAL = new Set(['bad_request', 'forbidden', 'not_found', 'conflict', 'gone', 'too_large', 'validation_failed']);

export interface PublisherTools {
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly faults: Faults;
  readonly log: Logger;
  readonly users: Pick<UserService, 'visibilityFacts'>;
  readonly scheduled: ScheduledStore;
  readonly create: CreatePost;
  readonly posts: PostStore;
}

/**
 * Publishes scheduled posts when their time has come. Exactly once: the row is given the id of its post before the post is written and goes when it
 * is; whatever dies between, the same post is written again under the same id, which changes nothing. What can no longer be published (its parent is
 * gone, its author suspended) stays in the author's list with the reason, to be moved or cancelled.
 */
export class Publisher {
  readonly #tools: PublisherTools;
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(tools: PublisherTools) {
    this.#tools = tools;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    await this.#turn;
  }

  /** Publishes all that is due now. Turns follow one another. Answers whether something has to be tried again. */
  publishDue(): Promise<boolean> {
    const turn = this.#turn.then(() => this.#publishDue());
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #run(): Promise<void> {
    const { clock, scheduled, log } = this.#tools;
    while (!this.#stop.signal.aborted) {
      let waitMs = RETRY_AFTER_MS;
      try {
        const again = await this.publishDue();
        const nextMs = again ? undefined : await scheduled.nextDueMs();
        if (!again) waitMs = Math.max(1, Math.min(LOOK_EVERY_MS, (nextMs ?? Number.POSITIVE_INFINITY) - clock.now()));
      } catch (error) {
        log.warn({ err: error }, 'scheduled posts: trying again');
      }
      await clock.wait(waitMs, this.#stop.signal);
    }
  }

  async #publishDue(): Promise<boolean> {
    const { clock, scheduled } = this.#tools;
    let again = false;
    const tried = new Set<string>();
    for (;;) {
      // What has to be tried again stays among the due, so more than those are asked for.
      const due = await scheduled.due(clock.now(), BATCH + tried.size);
      const fresh = due.filter(({ id }) => !tried.has(id));
      if (fresh.length === 0) return again;
      for (const row of fresh) {
        if (this.#stop.signal.aborted) return again;
        tried.add(row.id);
        if (!(await this.#publish(row))) again = true;
      }
    }
  }

  /** False when it has to be tried again. */
  async #publish(row: ScheduledRow): Promise<boolean> {
    const { ids, faults, scheduled, create, posts, log } = this.#tools;
    try {
      // Written before, and cut short before that was noted: done, whatever its author may do now.
      if (row.post_id !== null && (await posts.head(row.post_id)) !== undefined) {
        await scheduled.finish(row.id);
        return true;
      }
      const context = await this.#onBehalfOf(row.author_id);
      const postId = await scheduled.begin(row.id, ids.next());
      if (postId === undefined) return true;
      faults.hit('schedule.before-publish');
      await create.publish(postId, JSON.parse(row.draft), row.id, context);
      faults.hit('schedule.after-publish');
      await scheduled.finish(row.id);
      return true;
    } catch (error) {
      if (error instanceof PlazaError && FINAL.has(error.code)) {
        await scheduled.fail(row.id, error.message.slice(0, 500));
        log.info({ scheduledId: row.id, code: error.code }, 'scheduled post: cannot be published; kept for its author');
        return true;
      }
      log.warn({ err: error, scheduledId: row.id }, 'scheduled post: not published yet; trying again');
      return false;
    }
  }

  async #onBehalfOf(accountId: string): Promise<CallContext> {
    const { clock, users } = this.#tools;
    const context: CallContext = {
      ...serviceContext('post', clock),
      caller: { kind: 'account', accountId, sessionId: 'scheduled', role: 'user', scopes: ['write:statuses'] },
    };
    const { viewerState } = await users.visibilityFacts({ viewerId: accountId, authorIds: [accountId] }, context);
    if (viewerState !== 'active') throw new PlazaError('forbidden', 'The account may not post now');
    return context;
  }
}
