import { queryBuilder } from '#ports/relational/builder.ts';
import type { Relational } from '#ports/relational/port.ts';
import { compiled } from './compiled.ts';
import type { PostTables } from './schema.ts';

const db = queryBuilder<PostTables>();

/** A post that was never edited has revision 1 and no row. */
const NEXT = compiled(
  db
    .insertInto('post_revision')
    .values({ post_id: '', revision: 2 })
    .onConflict((conflict) =>
      conflict.column('post_id').doUpdateSet({ revision: (eb) => eb('post_revision.revision', '+', 1) }),
    )
    .returning('revision'),
);

const RAISE = compiled(
  db
    .insertInto('post_revision')
    .values({ post_id: '', revision: 2 })
    .onConflict((conflict) =>
      conflict
        .column('post_id')
        .doUpdateSet((eb) => ({ revision: eb.ref('excluded.revision') }))
        .whereRef('post_revision.revision', '<', 'excluded.revision'),
    ),
);

const FORGET = compiled(db.deleteFrom('post_revision').where('post_id', '=', ''));

/** Numbers for the revisions of edited posts: each is given out once. */
export class RevisionStore {
  readonly #relational: Relational;

  constructor(relational: Relational) {
    this.#relational = relational;
  }

  async next(postId: string): Promise<number> {
    const [outcome] = await this.#relational.batch([{ query: NEXT(postId, 2, 1) }]);
    return Number(outcome!.rows[0]!.revision);
  }

  /** No number up to this one is given out again. */
  async reached(postId: string, revision: number): Promise<void> {
    await this.#relational.batch([{ query: RAISE(postId, revision) }]);
  }

  async forget(postId: string): Promise<void> {
    await this.#relational.batch([{ query: FORGET(postId) }]);
  }
}
