import type { Page } from '#contracts/model/common.ts';
import { cursorText } from '#platform/ids/ids.ts';
import { queryBuilder } from '#ports/relational/builder.ts';
import type { Relational } from '#ports/relational/port.ts';
import type { PostTables } from './schema.ts';

const db = queryBuilder<PostTables>();

export type ScheduledRow = PostTables['post_scheduled'];

/** Posts that wait for their time. */
export class ScheduledStore {
  readonly #relational: Relational;

  constructor(relational: Relational) {
    this.#relational = relational;
  }

  /** In the order of the walk: newest first, or oldest first above `minId`. */
  list(authorId: string, page: Page, limit: number): Promise<ScheduledRow[]> {
    const upwards = page.minId !== undefined;
    const above = page.minId ?? page.sinceId;
    let query = db.selectFrom('post_scheduled').selectAll().where('author_id', '=', authorId);
    if (page.maxId !== undefined) query = query.where('id', '<', cursorText(page.maxId));
    if (above !== undefined) query = query.where('id', '>', cursorText(above));
    return this.#relational.query(query.orderBy('id', upwards ? 'asc' : 'desc').limit(limit));
  }

  async get(id: string, authorId: string): Promise<ScheduledRow | undefined> {
    const [row] = await this.#relational.query(
      db.selectFrom('post_scheduled').selectAll().where('id', '=', id).where('author_id', '=', authorId),
    );
    return row;
  }

  async byKey(authorId: string, idempotencyKey: string): Promise<ScheduledRow | undefined> {
    const [row] = await this.#relational.query(
      db
        .selectFrom('post_scheduled')
        .selectAll()
        .where('author_id', '=', authorId)
        .where('idempotency_key', '=', idempotencyKey),
    );
    return row;
  }

  /** Those whose time has come, earliest first. */
  due(nowMs: number, limit: number): Promise<ScheduledRow[]> {
    return this.#relational.query(
      db
        .selectFrom('post_scheduled')
        .selectAll()
        .where('failure', 'is', null)
        .where('due_ms', '<=', nowMs)
        .orderBy('due_ms')
        .orderBy('id')
        .limit(limit),
    );
  }

  async nextDueMs(): Promise<number | undefined> {
    const [row] = await this.#relational.query(
      db.selectFrom('post_scheduled').select('due_ms').where('failure', 'is', null).orderBy('due_ms').limit(1),
    );
    return row?.due_ms;
  }

  /** Gives it the id of its post, once. Answers the id that it has, or undefined when it is gone. */
  async begin(id: string, proposedPostId: string): Promise<string | undefined> {
    await this.#relational.batch([
      {
        query: db
          .updateTable('post_scheduled')
          .set({ post_id: proposedPostId })
          .where('id', '=', id)
          .where('post_id', 'is', null),
      },
    ]);
    const [row] = await this.#relational.query(db.selectFrom('post_scheduled').select('post_id').where('id', '=', id));
    return row?.post_id ?? undefined;
  }

  /** It could not be published, and nothing was written: it stays in the list, to be moved or cancelled. */
  async fail(id: string, failure: string): Promise<void> {
    await this.#relational.batch([
      { query: db.updateTable('post_scheduled').set({ post_id: null, failure }).where('id', '=', id) },
    ]);
  }

  async finish(id: string): Promise<void> {
    await this.#relational.batch([{ query: db.deleteFrom('post_scheduled').where('id', '=', id) }]);
  }

  /** False when there is none, or when it is being published. */
  async cancel(id: string, authorId: string): Promise<boolean> {
    const [outcome] = await this.#relational.batch([
      {
        query: db
          .deleteFrom('post_scheduled')
          .where('id', '=', id)
          .where('author_id', '=', authorId)
          .where('post_id', 'is', null),
      },
    ]);
    return outcome!.changed === 1;
  }

  async forget(authorId: string): Promise<void> {
    await this.#relational.batch([{ query: db.deleteFrom('post_scheduled').where('author_id', '=', authorId) }]);
  }
}
