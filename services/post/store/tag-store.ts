import type { Hashtag } from '#contracts/model/post.ts';
import { queryBuilder } from '#ports/relational/builder.ts';
import type { Relational } from '#ports/relational/port.ts';
import type { PostTables } from './schema.ts';

const db = queryBuilder<PostTables>();

export const DAY_MS = 86_400_000;
/** Days that a hashtag tells of, today included. */
export const TAG_DAYS = 7;

/** What public posts use which hashtags, by day. Days are those of UTC. */
export class TagStore {
  readonly #relational: Relational;

  constructor(relational: Relational) {
    this.#relational = relational;
  }

  /** Numbers of the last days for each name, in the order asked for; names that nobody used have zeros. */
  async usage(names: readonly string[], nowMs: number): Promise<Hashtag[]> {
    const todayMs = dayOf(nowMs);
    const days = Array.from({ length: TAG_DAYS }, (_, i) => todayMs - i * DAY_MS);
    const rows =
      names.length === 0
        ? []
        : await this.#relational.query(
            db
              .selectFrom('post_tag_day')
              .selectAll()
              .where('name', 'in', [...names])
              .where('day_ms', '>=', days.at(-1)!),
          );
    const byDay = new Map(rows.map((row) => [`${row.name} ${row.day_ms}`, row]));
    return names.map((name) => ({
      name,
      days: days.map((dayMs) => {
        const row = byDay.get(`${name} ${dayMs}`);
        return { dayMs, uses: row?.uses ?? 0, accounts: row?.accounts ?? 0 };
      }),
    }));
  }

  /** Names that begin with `prefix`, in alphabetical order. */
  async startingWith(prefix: string, offset: number, limit: number): Promise<string[]> {
    const rows = await this.#relational.query(
      db
        .selectFrom('post_tag')
        .select('name')
        .where('name', '>=', prefix)
        // The largest code point there is: above every name with this prefix.
        .where('name', '<', `${prefix}\u{10ffff}`)
        .orderBy('name')
        .offset(offset)
        .limit(limit),
    );
    return rows.map(({ name }) => name);
  }

  async featuredOf(accountId: string): Promise<{ id: string; name: string }[]> {
    return this.#relational.query(
      db.selectFrom('post_featured_tag').select(['id', 'name']).where('account_id', '=', accountId).orderBy('id'),
    );
  }

  /** False when the account has no such featured hashtag. */
  async unfeature(id: string, accountId: string): Promise<boolean> {
    const [outcome] = await this.#relational.batch([
      { query: db.deleteFrom('post_featured_tag').where('id', '=', id).where('account_id', '=', accountId) },
    ]);
    return outcome!.changed === 1;
  }

  async forget(accountId: string): Promise<void> {
    await this.#relational.batch([{ query: db.deleteFrom('post_featured_tag').where('account_id', '=', accountId) }]);
  }

  /** Forgets the numbers of days before this one, and what was counted in them; the names stay. */
  async sweep(beforeDayMs: number): Promise<void> {
    await this.#relational.batch([
      { query: db.deleteFrom('post_tag_use').where('day_ms', '<', beforeDayMs) },
      { query: db.deleteFrom('post_tag_account').where('day_ms', '<', beforeDayMs) },
      { query: db.deleteFrom('post_tag_day').where('day_ms', '<', beforeDayMs) },
      { query: db.deleteFrom('post_told').where('day_ms', '<', beforeDayMs) },
    ]);
  }

  /** Posts that are not deleted. */
  async totalPosts(): Promise<number> {
    const [row] = await this.#relational.query(
      db.selectFrom('post_total').select((eb) => eb.fn.sum<number | null>('posts').as('posts')),
    );
    return Math.max(0, Number(row?.posts ?? 0));
  }
}

/** The beginning of the day. */
export function dayOf(timeMs: number): number {
  return timeMs - (timeMs % DAY_MS);
}
