import { queryBuilder } from '#ports/relational/builder.ts';
import type { Relational } from '#ports/relational/port.ts';
import { compiled } from './compiled.ts';
import type { PostTables } from './schema.ts';

const db = queryBuilder<PostTables>();

/** Changes nothing where the key is taken already, and answers what it stands for either way: one statement, so two callers cannot both be first. */
const RESERVE = compiled(
  db
    .insertInto('post_reservation')
    .values({ author_id: '', idempotency_key: '', post_id: '', created_ms: 0 })
    .onConflict((conflict) =>
      conflict
        .columns(['author_id', 'idempotency_key'])
        .doUpdateSet({ post_id: (eb) => eb.ref('post_reservation.post_id') }),
    )
    .returning('post_id'),
);

const FIND = compiled(
  db.selectFrom('post_reservation').select('post_id').where('author_id', '=', '').where('idempotency_key', '=', ''),
);

const SWEEP = compiled(db.deleteFrom('post_reservation').where('created_ms', '<', 0));
const FORGET = compiled(db.deleteFrom('post_reservation').where('author_id', '=', ''));

/** (author, idempotency key) → post id. */
export class Reservations {
  readonly #relational: Relational;

  constructor(relational: Relational) {
    this.#relational = relational;
  }

  /** The post that the key stands for: `proposedId` when the key is new. */
  async reserve(authorId: string, key: string, proposedId: string, nowMs: number): Promise<string> {
    const [outcome] = await this.#relational.batch([{ query: RESERVE(authorId, key, proposedId, nowMs) }]);
    return outcome!.rows[0]!.post_id as string;
  }

  async find(authorId: string, key: string): Promise<string | undefined> {
    const [row] = await this.#relational.query(FIND(authorId, key));
    return row?.post_id;
  }

  async sweep(beforeMs: number): Promise<void> {
    await this.#relational.batch([{ query: SWEEP(beforeMs) }]);
  }

  async forget(authorId: string): Promise<void> {
    await this.#relational.batch([{ query: FORGET(authorId) }]);
  }
}
