import { invalid } from '#platform/errors/errors.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import { queryBuilder } from '#ports/relational/builder.ts';
import { type Query, rowsOf, script, type WriteOutcome } from '#ports/relational/port.ts';
import type { PostTables } from '../store/schema.ts';

const db = queryBuilder<PostTables>();

/** Pins a post unless the author has pinned as many as one may. Pinning it again changes nothing. */
export const pin = script(
  import.meta.url,
  'pin',
  function* (args: { authorId: string; postId: string; nowMs: number }): Generator<Query, void, WriteOutcome> {
    const { authorId, postId, nowMs } = args;
    const pinned = yield* rowsOf(db.selectFrom('post_pin').select('post_id').where('author_id', '=', authorId));
    if (pinned.some(({ post_id }) => post_id === postId)) return;
    if (pinned.length >= LIMITS.pinnedPosts) {
      throw invalid('base', 'ERR_TOO_MANY', 'You have already pinned the maximum number of posts');
    }
    yield db.insertInto('post_pin').values({ author_id: authorId, post_id: postId, pinned_ms: nowMs });
  },
);
