import { rowsOf, script } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { db } from '../store/tables.ts';
import { addFollowers } from './counts.ts';
import type { Step } from './head.ts';

/** Rows of one transaction: a few milliseconds of the writer. */
const BATCH = 200;

const selectOwn = prepared((p: { id: string }) =>
  db.selectFrom('user_pairs').select(['target_id', 'counted']).where('actor_id', '=', p.id).limit(BATCH),
);
const selectFollowers = prepared((p: { id: string }) =>
  db
    .selectFrom('user_pairs')
    .select(['actor_id', 'follow_id', 'request_id'])
    .where('target_id', '=', p.id)
    .where('follow_id', 'is not', null)
    .limit(BATCH),
);
const selectOthers = prepared((p: { id: string }) =>
  db
    .selectFrom('user_pairs')
    .select(['actor_id', 'follow_id', 'request_id'])
    .where('target_id', '=', p.id)
    .where('follow_id', 'is', null)
    .limit(BATCH),
);
const deletePair = prepared((p: { actorId: string; targetId: string }) =>
  db.deleteFrom('user_pairs').where('actor_id', '=', p.actorId).where('target_id', '=', p.targetId),
);
const endOne = prepared((p: { id: string; follows: number; requests: number }) =>
  db
    .updateTable('user_heads')
    .set((row) => ({ follows: row('follows', '-', p.follows), requests: row('requests', '-', p.requests) }))
    .where('id', '=', p.id),
);
const selectPosts = prepared((p: { id: string }) =>
  db.selectFrom('user_counted_posts').select('post_id').where('author_id', '=', p.id).limit(BATCH),
);
const deletePost = prepared((p: { id: string; postId: string }) =>
  db.deleteFrom('user_counted_posts').where('author_id', '=', p.id).where('post_id', '=', p.postId),
);
const deleteCounts = prepared((p: { id: string }) => db.deleteFrom('user_counts').where('id', '=', p.id));
const deleteActivity = prepared((p: { id: string }) => db.deleteFrom('user_activity').where('id', '=', p.id));
const deleteDismissed = prepared((p: { id: string }) => db.deleteFrom('user_dismissed').where('account_id', '=', p.id));
const deleteDismissals = prepared((p: { id: string }) => db.deleteFrom('user_dismissed').where('target_id', '=', p.id));

/**
 * Forgets some more of a deleted account: its edges in both directions and what was counted of it. Whether there may be more. It tells no event for
 * each edge: `UserDeleted` said everything. Each step finds only what is left, so it may be cut off and repeated anywhere.
 */
export const eraseSome = script(
  import.meta.url,
  'eraseSome',
  function* (args: { readonly accountId: string }): Step<boolean> {
    const id = args.accountId;
    const own = yield* rowsOf(selectOwn({ id }));
    for (const { target_id, counted } of own) {
      if (counted === 1) yield addFollowers({ id: target_id, by: -1 });
      yield deletePair({ actorId: id, targetId: target_id });
    }
    if (own.length === BATCH) return true;
    for (const select of [selectFollowers, selectOthers]) {
      const rows = yield* rowsOf(select({ id }));
      for (const { actor_id, follow_id, request_id } of rows) {
        const follows = follow_id === null ? 0 : 1;
        const requests = request_id === null ? 0 : 1;
        if (follows + requests > 0) yield endOne({ id: actor_id, follows, requests });
        yield deletePair({ actorId: actor_id, targetId: id });
      }
      if (rows.length === BATCH) return true;
    }
    const posts = yield* rowsOf(selectPosts({ id }));
    for (const { post_id } of posts) yield deletePost({ id, postId: post_id });
    if (posts.length === BATCH) return true;
    yield deleteCounts({ id });
    yield deleteActivity({ id });
    yield deleteDismissed({ id });
    yield deleteDismissals({ id });
    return false;
  },
);
