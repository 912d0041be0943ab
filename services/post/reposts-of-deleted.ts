import { serviceContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Faults } from '#platform/faults/faults.ts';
import { MAX_RANGE_ROWS } from '#ports/wide-column/port.ts';
import type { Reposting } from './repost.ts';
import type { DeedStore } from './store/deed-store.ts';
import type { PostStore } from './store/post-store.ts';
import { REACTION_SHARDS } from './store/tables.ts';

export interface RepostTold {
  readonly reposterId: string;
  readonly repostOfId: string;
}

export interface RepostsOfDeletedTools {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly posts: Pick<PostStore, 'heads'>;
  readonly deeds: Pick<DeedStore, 'reactors'>;
  readonly reposting: Pick<Reposting, 'undoFor'>;
}

const AT_ONCE = 16;

/**
 * Reposts of a deleted post go with it: they show nothing, nobody could undo them, and their authors' numbers of posts would count them for ever. A repost
 * that was written while the post was being deleted is not among its reposts yet, so reposts that are told of are looked at too: whichever came last
 * finds the other. Again changes nothing.
 */
export async function endRepostsOf(tools: RepostsOfDeletedTools, postId: string): Promise<void> {
  for (let shard = 0; shard < REACTION_SHARDS; shard++) {
    let below: string | undefined;
    for (;;) {
      const range = { ...(below === undefined ? {} : { lt: below }), limit: MAX_RANGE_ROWS };
      const rows = await tools.deeds.reactors(postId, 'repost', shard, range);
      const standing = rows.filter(({ active }) => active);
      await end(
        tools,
        standing.map(({ actor_id: reposterId }) => ({ reposterId, repostOfId: postId })),
      );
      if (rows.length < MAX_RANGE_ROWS) break;
      below = rows.at(-1)!.actor_id;
    }
  }
}

/** Ends those of these reposts whose post is gone. */
export async function endRepostsOfNothing(tools: RepostsOfDeletedTools, reposts: readonly RepostTold[]): Promise<void> {
  if (reposts.length === 0) return;
  const ids = [...new Set(reposts.map(({ repostOfId }) => repostOfId))];
  const heads = await tools.posts.heads(ids);
  const gone = new Set(ids.filter((_, i) => heads[i] === undefined));
  await end(
    tools,
    reposts.filter(({ repostOfId }) => gone.has(repostOfId)),
  );
}

async function end(tools: RepostsOfDeletedTools, reposts: readonly RepostTold[]): Promise<void> {
  const { reposting, clock, faults } = tools;
  for (let from = 0; from < reposts.length; from += AT_ONCE) {
    faults.hit('repost.before-end');
    await Promise.all(
      reposts
        .slice(from, from + AT_ONCE)
        .map(({ reposterId, repostOfId }) => reposting.undoFor(reposterId, repostOfId, serviceContext('post', clock))),
    );
  }
}
