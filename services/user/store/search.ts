import type { Relational } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { afterPrefix } from '../names/words.ts';
import { db } from './tables.ts';

/** Words looked at for one search: a short beginning names thousands of people, and nobody reads so far. */
const MAX_CANDIDATES = 200;
/** Followed people of the caller that are looked through, the latest first. */
const MAX_FOLLOWED = 1_000;

type Range = { from: string; to: string };

const selectByWord = prepared((p: Range) =>
  db
    .selectFrom('user_words')
    .select('account_id as id')
    .where('word', '>=', p.from)
    .where('word', '<', p.to)
    .orderBy('word')
    .orderBy('account_id')
    .limit(MAX_CANDIDATES),
);

const selectFollowedByWord = prepared((p: Range & { viewerId: string }) =>
  db
    .selectFrom((from) =>
      from
        .selectFrom('user_pairs')
        .select('target_id as id')
        .where('actor_id', '=', p.viewerId)
        .where('follow_id', 'is not', null)
        .orderBy('follow_id', 'desc')
        .limit(MAX_FOLLOWED)
        .as('followed'),
    )
    .select('followed.id')
    .where((row) =>
      row.exists(
        row
          .selectFrom('user_words as w')
          .select('w.word')
          .whereRef('w.account_id', '=', 'followed.id')
          .where('w.word', '>=', p.from)
          .where('w.word', '<', p.to),
      ),
    )
    .limit(MAX_CANDIDATES),
);

/** Accounts with a word that begins with `prefix`, whoever they are; a bounded number. */
export async function accountsByWord(relational: Relational, prefix: string): Promise<string[]> {
  const rows = await relational.query(selectByWord({ from: prefix, to: afterPrefix(prefix) }));
  return [...new Set(rows.map((row) => row.id))];
}

/** The same among those whom `viewerId` follows. */
export async function followedByWord(relational: Relational, viewerId: string, prefix: string): Promise<string[]> {
  const rows = await relational.query(selectFollowedByWord({ viewerId, from: prefix, to: afterPrefix(prefix) }));
  return rows.map((row) => row.id);
}
