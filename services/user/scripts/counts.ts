import { idTimeMs } from '#platform/ids/ids.ts';
import { rowOf, script } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { db } from '../store/tables.ts';
import { headOf, type Step } from './head.ts';

const selectPair = prepared((p: { actorId: string; targetId: string }) =>
  db
    .selectFrom('user_pairs')
    .select(['follow_id', 'counted'])
    .where('actor_id', '=', p.actorId)
    .where('target_id', '=', p.targetId),
);
const setCounted = prepared((p: { actorId: string; targetId: string; counted: number }) =>
  db
    .updateTable('user_pairs')
    .set({ counted: p.counted })
    .where('actor_id', '=', p.actorId)
    .where('target_id', '=', p.targetId),
);

/** Adds to an account's number of followers. */
export const addFollowers = prepared((p: { id: string; by: number }) =>
  db
    .updateTable('user_counts')
    .set((row) => ({ followers: row('followers', '+', p.by), revision: row('revision', '+', 1) }))
    .where('id', '=', p.id),
);

/**
 * Brings the follower counts up to what these pairs are now. A follow is in the count of its target exactly if its row says `counted`; both change in
 * one transaction. What an event said does not matter, only that something happened: so an event that comes twice, late or out of order finds
 * nothing to do.
 */
export const countFollows = script(
  import.meta.url,
  'countFollows',
  function* (args: { readonly pairs: readonly { readonly actorId: string; readonly targetId: string }[] }): Step<void> {
    const added = new Map<string, number>();
    for (const pair of args.pairs) {
      const row = yield* rowOf(selectPair(pair));
      if (row === undefined) continue;
      const counted = row.follow_id === null ? 0 : 1;
      if (counted === row.counted) continue;
      yield setCounted({ ...pair, counted });
      added.set(pair.targetId, (added.get(pair.targetId) ?? 0) + counted - row.counted);
    }
    for (const [id, by] of added) yield addFollowers({ id, by });
  },
);

const insertPost = prepared((p: { authorId: string; postId: string; counted: number }) =>
  db
    .insertInto('user_counted_posts')
    .values({ author_id: p.authorId, post_id: p.postId, counted: p.counted })
    .onConflict((conflict) => conflict.doNothing()),
);
const dropPost = prepared((p: { authorId: string; postId: string }) =>
  db
    .updateTable('user_counted_posts')
    .set({ counted: 0 })
    .where('author_id', '=', p.authorId)
    .where('post_id', '=', p.postId)
    .where('counted', '=', 1),
);
const selectNewest = prepared((p: { authorId: string }) =>
  db
    .selectFrom('user_counted_posts')
    .select('post_id')
    .where('author_id', '=', p.authorId)
    .where('counted', '=', 1)
    .orderBy('post_id', 'desc')
    .limit(1),
);
const addPosts = prepared((p: { id: string; by: number; lastMs: number | null }) =>
  db
    .updateTable('user_counts')
    .set((row) => ({ posts: row('posts', '+', p.by), last_post_ms: p.lastMs, revision: row('revision', '+', 1) }))
    .where('id', '=', p.id),
);

export interface PostChange {
  readonly authorId: string;
  readonly postId: string;
  readonly deleted: boolean;
}

/**
 * Counts posts. Each post has one row that is inserted once and turns to 0 once: a creation that comes twice finds its row, and one that comes after the
 * deletion finds the deletion's.
 */
export const countPosts = script(
  import.meta.url,
  'countPosts',
  function* (args: { readonly changes: readonly PostChange[] }): Step<void> {
    const gone = yield* forgotten(args.changes);
    const added = new Map<string, number>();
    for (const { authorId, postId, deleted } of args.changes) {
      if (gone.has(authorId)) continue;
      const inserted = (yield insertPost({ authorId, postId, counted: deleted ? 0 : 1 })).changed;
      const by = deleted ? -(inserted === 1 ? 0 : (yield dropPost({ authorId, postId })).changed) : inserted;
      if (by !== 0) added.set(authorId, (added.get(authorId) ?? 0) + by);
    }
    for (const [id, by] of added) {
      const newest = yield* rowOf(selectNewest({ authorId: id }));
      yield addPosts({ id, by, lastMs: newest === undefined ? null : idTimeMs(newest.post_id) });
    }
  },
);

/** Authors who are deleted: nothing more is kept of them. */
function* forgotten(changes: readonly PostChange[]): Step<ReadonlySet<string>> {
  const gone = new Set<string>();
  for (const id of new Set(changes.map((change) => change.authorId))) {
    const head = yield* headOf(id);
    if (head === undefined || head.state === 'deleted') gone.add(id);
  }
  return gone;
}
