import { queryBuilder } from '#ports/relational/builder.ts';
import type { Relational } from '#ports/relational/port.ts';
import { compiled } from './compiled.ts';
import type { PostTables } from './schema.ts';

const db = queryBuilder<PostTables>();

const OF = compiled(
  db
    .selectFrom('post_pin')
    .select('post_id')
    .where('author_id', '=', '')
    .orderBy('pinned_ms', 'desc')
    .orderBy('post_id', 'desc'),
);
const REMOVE = compiled(db.deleteFrom('post_pin').where('author_id', '=', '').where('post_id', '=', ''));
const REMOVE_POST = compiled(db.deleteFrom('post_pin').where('post_id', '=', ''));
const FORGET = compiled(db.deleteFrom('post_pin').where('author_id', '=', ''));

/** Posts that authors show on top of their profile. Relational, because there is a limit to their number. */
export class PinStore {
  readonly #relational: Relational;

  constructor(relational: Relational) {
    this.#relational = relational;
  }

  /** Newest pin first. */
  async of(authorId: string): Promise<string[]> {
    return (await this.#relational.query(OF(authorId))).map(({ post_id }) => post_id);
  }

  async remove(authorId: string, postId: string): Promise<void> {
    await this.#relational.batch([{ query: REMOVE(authorId, postId) }]);
  }

  async removePost(postId: string): Promise<void> {
    await this.#relational.batch([{ query: REMOVE_POST(postId) }]);
  }

  async forget(authorId: string): Promise<void> {
    await this.#relational.batch([{ query: FORGET(authorId) }]);
  }
}
