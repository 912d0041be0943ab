import { queryBuilder } from '#ports/relational/builder.ts';
import type { Relational, Step } from '#ports/relational/port.ts';
import { compiled } from './compiled.ts';
import type { PostTables } from './schema.ts';

const db = queryBuilder<PostTables>();

/** A poll as it is kept. It has the id of its post. */
export interface StoredPoll {
  readonly id: string;
  readonly authorId: string;
  readonly options: readonly { readonly title: string; readonly votes: number }[];
  readonly multiple: boolean;
  readonly hideTotals: boolean;
  readonly expiresMs: number;
  readonly voters: number;
}

export interface NewPoll {
  readonly id: string;
  readonly authorId: string;
  readonly options: readonly string[];
  readonly multiple: boolean;
  readonly hideTotals: boolean;
  readonly expiresMs: number;
}

const INSERT_POLL = compiled(
  db
    .insertInto('post_poll')
    .values({ id: '', author_id: '', multiple: 0, hide_totals: 0, expires_ms: 0, voters: 0, revision: 0 })
    .onConflict((conflict) => conflict.column('id').doNothing()),
);

const INSERT_OPTION = compiled(
  db
    .insertInto('post_poll_option')
    .values({ poll_id: '', position: 0, title: '', votes: 0 })
    .onConflict((conflict) => conflict.columns(['poll_id', 'position']).doNothing()),
);

/** Polls and votes: relational, because each person's vote counts exactly once. */
export class PollStore {
  readonly #relational: Relational;

  constructor(relational: Relational) {
    this.#relational = relational;
  }

  /** Making it again changes nothing. */
  async create(poll: NewPoll): Promise<void> {
    await this.#relational.batch(creation(poll));
  }

  /** In the order of ids asked for; unknown ones are left out. */
  async many(ids: readonly string[]): Promise<StoredPoll[]> {
    if (ids.length === 0) return [];
    const [polls, options] = await Promise.all([
      this.#relational.query(
        db
          .selectFrom('post_poll')
          .selectAll()
          .where('id', 'in', [...ids]),
      ),
      this.#relational.query(
        db
          .selectFrom('post_poll_option')
          .selectAll()
          .where('poll_id', 'in', [...ids])
          .orderBy('poll_id')
          .orderBy('position'),
      ),
    ]);
    const byId = new Map(polls.map((poll) => [poll.id, poll]));
    const found: StoredPoll[] = [];
    for (const id of ids) {
      const poll = byId.get(id);
      if (poll === undefined) continue;
      found.push({
        id,
        authorId: poll.author_id,
        options: options.filter((option) => option.poll_id === id).map(({ title, votes }) => ({ title, votes })),
        multiple: poll.multiple === 1,
        hideTotals: poll.hide_totals === 1,
        expiresMs: poll.expires_ms,
        voters: poll.voters,
      });
    }
    return found;
  }

  /** What one person chose, by poll. */
  async votesOf(accountId: string, pollIds: readonly string[]): Promise<Map<string, number[]>> {
    const votes = new Map<string, number[]>();
    if (pollIds.length === 0) return votes;
    const rows = await this.#relational.query(
      db
        .selectFrom('post_poll_vote')
        .select(['poll_id', 'choice'])
        .where('account_id', '=', accountId)
        .where('poll_id', 'in', [...pollIds])
        .orderBy('poll_id')
        .orderBy('choice'),
    );
    for (const { poll_id, choice } of rows) votes.set(poll_id, [...(votes.get(poll_id) ?? []), choice]);
    return votes;
  }

  /** Forgets a poll with its votes. */
  async remove(pollId: string): Promise<void> {
    await this.#relational.batch(deletion(pollId));
  }
}

export function creation({ id, authorId, options, multiple, hideTotals, expiresMs }: NewPoll): Step[] {
  return [
    { query: INSERT_POLL(id, authorId, multiple ? 1 : 0, hideTotals ? 1 : 0, expiresMs, 0, 0) },
    ...options.map((title, position) => ({ query: INSERT_OPTION(id, position, title, 0) })),
  ];
}

export function deletion(pollId: string): Step[] {
  return [
    { query: db.deleteFrom('post_poll_vote').where('poll_id', '=', pollId) },
    { query: db.deleteFrom('post_poll_voter').where('poll_id', '=', pollId) },
    { query: db.deleteFrom('post_poll_option').where('poll_id', '=', pollId) },
    { query: db.deleteFrom('post_poll').where('id', '=', pollId) },
  ];
}
