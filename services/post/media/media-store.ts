import type { Media } from '#contracts/model/post.ts';
import { queryBuilder } from '#ports/relational/builder.ts';
import type { Relational } from '#ports/relational/port.ts';
import { compiled } from '../store/compiled.ts';
import { type MediaRow, mediaOf } from './row.ts';
import type { MediaTables } from './tables.ts';

const db = queryBuilder<MediaTables>();

/** Reads by ids are compiled for these numbers of ids; what is between is filled up by naming the last id again. */
const SIZES = [1, 4, 20, 80] as const;
const BY_IDS = SIZES.map((size) => ({
  size,
  query: compiled(db.selectFrom('post_media').selectAll().where('id', 'in', new Array<string>(size).fill(''))),
}));
const MOST = SIZES.at(-1)!;

const ANY_OF_POST = compiled(db.selectFrom('post_media').select('id').where('post_id', '=', '').limit(1));

/** Reads media. Every change is a script. */
export class MediaStore {
  readonly #relational: Relational;

  constructor(relational: Relational) {
    this.#relational = relational;
  }

  async one(id: string): Promise<Media | undefined> {
    return (await this.many([id]))[0];
  }

  /** In the order asked for; those that do not exist are left out. */
  async many(ids: readonly string[]): Promise<Media[]> {
    const found = new Map<string, Media>();
    for (let from = 0; from < ids.length; from += MOST) {
      for (const row of await this.#rows(ids.slice(from, from + MOST))) found.set(row.id, mediaOf(row));
    }
    return ids.map((id) => found.get(id)).filter((media) => media !== undefined);
  }

  async hasPost(postId: string): Promise<boolean> {
    return (await this.#relational.query(ANY_OF_POST(postId, 1))).length > 0;
  }

  #rows(ids: readonly string[]): Promise<MediaRow[]> {
    const { size, query } = BY_IDS.find((candidate) => candidate.size >= ids.length)!;
    const filled = ids.length === size ? ids : [...ids, ...new Array<string>(size - ids.length).fill(ids.at(-1)!)];
    return this.#relational.query(query(...filled));
  }
}
