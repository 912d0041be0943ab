import { queryBuilder } from '#ports/relational/builder.ts';
import type { Relational } from '#ports/relational/port.ts';
import type { PostTables } from './schema.ts';

const db = queryBuilder<PostTables>();

/** People whose posts are being erased. */
export class ErasureStore {
  readonly #relational: Relational;

  constructor(relational: Relational) {
    this.#relational = relational;
  }

  async add(accountId: string, nowMs: number): Promise<void> {
    await this.#relational.batch([
      {
        query: db
          .insertInto('post_erasure')
          .values({ account_id: accountId, since_ms: nowMs })
          .onConflict((conflict) => conflict.column('account_id').doNothing()),
      },
    ]);
  }

  async next(): Promise<string | undefined> {
    const [row] = await this.#relational.query(
      db.selectFrom('post_erasure').select('account_id').orderBy('since_ms').orderBy('account_id').limit(1),
    );
    return row?.account_id;
  }

  async finish(accountId: string): Promise<void> {
    await this.#relational.batch([{ query: db.deleteFrom('post_erasure').where('account_id', '=', accountId) }]);
  }

  /** What this service knows of a person besides posts and deeds. The numbers of polls stay as they are. */
  async forgetPerson(accountId: string): Promise<void> {
    await this.#relational.batch([
      { query: db.deleteFrom('post_poll_vote').where('account_id', '=', accountId) },
      { query: db.deleteFrom('post_poll_voter').where('account_id', '=', accountId) },
      { query: db.deleteFrom('post_repost').where('actor_id', '=', accountId) },
    ]);
  }
}
