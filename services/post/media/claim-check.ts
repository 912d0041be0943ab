import type { Clock } from '#platform/clock/clock.ts';
import { queryBuilder } from '#ports/relational/builder.ts';
import type { Relational } from '#ports/relational/port.ts';
import { compiled } from '../store/compiled.ts';
import type { PostStore } from '../store/post-store.ts';
import type { MediaTables } from './tables.ts';
import { CHECK_CLAIMS_AFTER_MS } from './times.ts';

const db = queryBuilder<MediaTables>();

const BATCH = 100;
const DUE = compiled(
  db
    .selectFrom('post_media')
    .select(['id', 'post_id', 'check_ms'])
    .where('check_ms', '<=', 0)
    .orderBy('check_ms')
    .limit(BATCH),
);
const SCHEDULED = compiled(db.selectFrom('post_scheduled').select('id').where('id', '=', ''));
/** Only while the claim is the one that was looked at. */
const NOTE = compiled(
  db
    .updateTable('post_media')
    .set({ post_id: '', unused_since_ms: 0, check_ms: 0 })
    .where('id', '=', '')
    .where('post_id', '=', '')
    .where('check_ms', '=', 0),
);

/**
 * Media are claimed before their post is written, so that whoever sees the post finds them. When the post was then never written, or the edit that
 * added them, the claim ends here and they are unused again.
 */
export class ClaimCheck {
  readonly #relational: Relational;
  readonly #posts: Pick<PostStore, 'body'>;
  readonly #clock: Clock;

  constructor(tools: { relational: Relational; posts: Pick<PostStore, 'body'>; clock: Clock }) {
    this.#relational = tools.relational;
    this.#posts = tools.posts;
    this.#clock = tools.clock;
  }

  /** Looks at every claim that is due. */
  async check(signal: AbortSignal): Promise<void> {
    const nowMs = this.#clock.now();
    for (;;) {
      const due = await this.#relational.query(DUE(nowMs, BATCH));
      for (const { id, post_id, check_ms } of due) {
        if (signal.aborted) return;
        const next = await this.#stateOf(id, post_id!, nowMs);
        await this.#relational.batch([
          { query: NOTE(next.postId, next.unusedSinceMs, next.checkMs, id, post_id, check_ms) },
        ]);
      }
      if (due.length < BATCH) return;
    }
  }

  async #stateOf(id: string, postId: string, nowMs: number) {
    const row = await this.#posts.body(postId);
    if (row?.body.mediaIds.includes(id)) return { postId, unusedSinceMs: null, checkMs: null };
    const [scheduled] = await this.#relational.query(SCHEDULED(postId));
    if (scheduled !== undefined) return { postId, unusedSinceMs: null, checkMs: nowMs + CHECK_CLAIMS_AFTER_MS };
    return { postId: null, unusedSinceMs: nowMs, checkMs: null };
  }
}
