import { queryBuilder } from '#ports/relational/builder.ts';
import type { Relational } from '#ports/relational/port.ts';
import type { PostTables } from './schema.ts';

const db = queryBuilder<PostTables>();

export type DraftRow = Omit<PostTables['post_draft'], 'idempotency_key'>;

/** Reads drafts, and forgets those of somebody who is gone. Every other change is a script. */
export class DraftStore {
  readonly #relational: Relational;

  constructor(relational: Relational) {
    this.#relational = relational;
  }

  /** The one that was changed last comes first. */
  list(authorId: string, limit: number): Promise<DraftRow[]> {
    return this.#relational.query(
      db
        .selectFrom('post_draft')
        .select(['id', 'author_id', 'content', 'changed_ms'])
        .where('author_id', '=', authorId)
        .orderBy('changed_ms', 'desc')
        .orderBy('id', 'desc')
        .limit(limit),
    );
  }

  async forget(authorId: string): Promise<void> {
    const theirs = db.selectFrom('post_draft').select('id').where('author_id', '=', authorId);
    await this.#relational.batch([
      { query: db.deleteFrom('post_draft_media').where('draft_id', 'in', theirs) },
      { query: db.deleteFrom('post_draft').where('author_id', '=', authorId) },
    ]);
  }
}
