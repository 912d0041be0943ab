import type { Static } from 'typebox';
import type { Cursors, Page } from '#contracts/model/common.ts';
import type { PostDraft, ScheduledPost } from '#contracts/model/post.ts';
import type { CallContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { invalid, notFound } from '#platform/errors/errors.ts';
import type { IdGenerator } from '#platform/ids/ids.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import type { Relational } from '#ports/relational/port.ts';
import { requireAccount } from './caller.ts';
import type { CreatePost } from './create.ts';
import type { PostMedia } from './media-port.ts';
import { reschedule, schedule } from './scripts/schedule.ts';
import type { ScheduledRow, ScheduledStore } from './store/scheduled-store.ts';
import { fillPage } from './walk.ts';

type Draft = Static<typeof PostDraft>;

/** Further ahead nobody plans: as Mastodon's clients. */
const MAX_AHEAD_MS = 10 * 365 * 86_400_000;

export interface SchedulingTools {
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly relational: Relational;
  readonly scheduled: ScheduledStore;
  readonly create: CreatePost;
  readonly media: PostMedia;
}

/** Posts for later. Each belongs to its author alone. */
export class Scheduling {
  readonly #tools: SchedulingTools;

  constructor(tools: SchedulingTools) {
    this.#tools = tools;
  }

  /** The draft is checked now, and again when its time has come. */
  async schedule(draft: Draft, dueMs: number, idempotencyKey: string, context: CallContext): Promise<ScheduledPost> {
    const { ids, relational, create, media } = this.#tools;
    const authorId = requireAccount(context);
    try {
      this.#checkDue(dueMs);
    } catch (error) {
      // Asked again a while later: what was too soon is only the question.
      const known = await this.#tools.scheduled.byKey(authorId, idempotencyKey);
      if (known !== undefined) return this.#presented(known);
      throw error;
    }
    await create.prepare(authorId, draft, context);
    const id = ids.next();
    const row = await relational.run(schedule, {
      id,
      authorId,
      idempotencyKey,
      draft: JSON.stringify(draft),
      dueMs,
    });
    if (draft.mediaIds.length > 0) {
      try {
        await media.claim(draft.mediaIds, authorId, row.id);
      } catch (error) {
        if (row.id === id) await this.#tools.scheduled.finish(id);
        throw error;
      }
    }
    return this.#presented(row);
  }

  async list(page: Page, context: CallContext): Promise<{ scheduled: ScheduledPost[]; cursors: Cursors }> {
    const authorId = requireAccount(context);
    const rows = await this.#tools.scheduled.list(authorId, page, page.limit + 1);
    const entries = [rows.map((row) => ({ cursor: row.id, item: row }))];
    const { items, cursors } = await fillPage(asyncOf(entries), page);
    return { scheduled: await Promise.all(items.map((row) => this.#presented(row))), cursors };
  }

  async get(id: string, context: CallContext): Promise<ScheduledPost> {
    const row = await this.#tools.scheduled.get(id, requireAccount(context));
    if (row === undefined) throw notFound();
    return this.#presented(row);
  }

  async reschedule(id: string, dueMs: number, context: CallContext): Promise<ScheduledPost> {
    const authorId = requireAccount(context);
    this.#checkDue(dueMs);
    const row = await this.#tools.relational.run(reschedule, { id, authorId, dueMs });
    if (row === undefined) throw notFound();
    return this.#presented(row);
  }

  async cancel(id: string, context: CallContext): Promise<void> {
    if (!(await this.#tools.scheduled.cancel(id, requireAccount(context)))) throw notFound();
    await this.#tools.media.release(id, 'all', false);
  }

  #checkDue(dueMs: number): void {
    const aheadMs = dueMs - this.#tools.clock.now();
    if (aheadMs < LIMITS.scheduleAheadMs) {
      throw invalid('scheduled_at', 'ERR_TOO_SOON', 'The scheduled date must be at least five minutes ahead');
    }
    if (aheadMs > MAX_AHEAD_MS) {
      throw invalid('scheduled_at', 'ERR_TOO_LATE', 'The scheduled date must be within ten years');
    }
  }

  async #presented(row: ScheduledRow): Promise<ScheduledPost> {
    const draft = JSON.parse(row.draft) as Draft;
    const media = draft.mediaIds.length === 0 ? [] : await this.#tools.media.of(draft.mediaIds);
    return { id: row.id, draft, media, dueMs: row.due_ms };
  }
}

async function* asyncOf<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}
