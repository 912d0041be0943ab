import { sql } from 'kysely';
import { queryBuilder } from '#ports/relational/builder.ts';
import type { Relational } from '#ports/relational/port.ts';
import { compiled } from './compiled.ts';
import type { PostTables } from './schema.ts';

const db = queryBuilder<PostTables>();

/** How a person's repost of a post stands. */
export interface RepostRow {
  readonly repost_id: string;
  /** Reposts before this one whose undo may have been cut short, with commas between them: whoever writes this one deletes them too. */
  readonly undone_repost_id: string | null;
  readonly active: number;
  readonly revision: number;
}

const COLUMNS = ['repost_id', 'undone_repost_id', 'active', 'revision'] as const;

/** Makes the repost stand. Answers nothing where it stood already. */
const BEGIN = compiled(
  db
    .insertInto('post_repost')
    .values({ actor_id: '', target_id: '', repost_id: '', undone_repost_id: null, active: 1, revision: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['actor_id', 'target_id'])
        .doUpdateSet({
          // All that nobody has seen deleted: the writes of several may have been lost, one after the other.
          undone_repost_id: sql<string>`coalesce(post_repost.undone_repost_id || ',', '') || post_repost.repost_id`,
          repost_id: (eb) => eb.ref('excluded.repost_id'),
          active: 1,
          revision: (eb) => eb('post_repost.revision', '+', 1),
        })
        .where('post_repost.active', '=', 0),
    )
    .returning([...COLUMNS]),
);

const END = compiled(
  db
    .updateTable('post_repost')
    .set({ active: 0, revision: (eb) => eb('revision', '+', 1) })
    .where('actor_id', '=', '')
    .where('target_id', '=', '')
    .where('active', '=', 1)
    .returning([...COLUMNS]),
);

const FORGET = compiled(
  db
    .updateTable('post_repost')
    .set({ undone_repost_id: null })
    .where('actor_id', '=', '')
    .where('target_id', '=', '')
    .where('revision', '=', 1),
);

const FIND = compiled(
  db
    .selectFrom('post_repost')
    .select([...COLUMNS])
    .where('actor_id', '=', '')
    .where('target_id', '=', ''),
);

/** The reposts that have to go with a row. */
export function undoneOf({ undone_repost_id }: RepostRow): string[] {
  return undone_repost_id === null ? [] : undone_repost_id.split(',');
}

/**
 * (person, post) → the one repost that stands. This row decides; the posts are made to follow it, and every call that finds the row as it wants it
 * writes the posts again, so that what was cut short is finished.
 */
export class RepostStore {
  readonly #relational: Relational;

  constructor(relational: Relational) {
    this.#relational = relational;
  }

  /** The repost that stands now: a new one under `proposedId`, or the one that stood. */
  async begin(actorId: string, targetId: string, proposedId: string): Promise<RepostRow> {
    for (;;) {
      const [outcome] = await this.#relational.batch([
        { query: BEGIN(actorId, targetId, proposedId, null, 1, 1, 1, 1, 0) },
      ]);
      const row = outcome!.rows[0] ?? (await this.find(actorId, targetId));
      // Undone between the two statements: begin again.
      if (row !== undefined && (row as unknown as RepostRow).active === 1) return row as unknown as RepostRow;
    }
  }

  /** The repost as it stands undone, or undefined when there never was one. */
  async end(actorId: string, targetId: string): Promise<RepostRow | undefined> {
    const [outcome] = await this.#relational.batch([{ query: END(0, 1, actorId, targetId, 1) }]);
    return (outcome!.rows[0] as unknown as RepostRow | undefined) ?? (await this.find(actorId, targetId));
  }

  /** What is known to have been deleted with this revision need not be deleted again. */
  async forgetUndone(actorId: string, targetId: string, { undone_repost_id, revision }: RepostRow): Promise<void> {
    if (undone_repost_id === null) return;
    await this.#relational.batch([{ query: FORGET(null, actorId, targetId, revision) }]);
  }

  async find(actorId: string, targetId: string): Promise<RepostRow | undefined> {
    const [row] = await this.#relational.query(FIND(actorId, targetId));
    return row;
  }
}
