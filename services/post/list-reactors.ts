import type { Cursors, Page } from '#contracts/model/common.ts';
import type { CallContext } from '#platform/calls/context.ts';
import { compareIds } from '#platform/ids/ids.ts';
import type { ShownPosts } from './shown.ts';
import type { DeedStore } from './store/deed-store.ts';
import { REACTION_SHARDS } from './store/tables.ts';

export interface ReactorTools {
  readonly deeds: DeedStore;
  readonly shown: ShownPosts;
}

/** Reads of one shard for one page: undone reactions stand between those that count. */
const MAX_READS = 10;

/** Who liked or reposted a post that the caller may see, in order of account id, largest first. The caller of this operation leaves out accounts that may not be seen. */
export async function listReactors(
  { deeds, shown }: ReactorTools,
  kind: 'like' | 'repost',
  postId: string,
  page: Page,
  context: CallContext,
): Promise<{ accountIds: string[]; cursors: Cursors }> {
  const { id } = await shown.original(postId, context);
  const upwards = page.minId !== undefined;
  const shards = await Promise.all(
    Array.from({ length: REACTION_SHARDS }, (_, shard) => fromShard(deeds, id, kind, shard, page)),
  );
  const merged = shards.flat().sort(upwards ? compareIds : (a, b) => compareIds(b, a));
  const accountIds = merged.slice(0, page.limit);
  if (upwards) accountIds.reverse();
  const more = merged.length > page.limit;
  const cursors: Cursors = {};
  if (accountIds.length > 0) {
    cursors.newerThan = accountIds[0]!;
    if (more || upwards) cursors.olderThan = accountIds.at(-1)!;
  }
  return { accountIds, cursors };
}

/** One more than the page holds, so that it is known whether another follows. */
async function fromShard(
  deeds: DeedStore,
  postId: string,
  kind: 'like' | 'repost',
  shard: number,
  page: Page,
): Promise<string[]> {
  const upwards = page.minId !== undefined;
  const limit = page.limit + 1;
  let lt = page.maxId;
  let gt = page.minId ?? page.sinceId;
  const ids: string[] = [];
  for (let reads = 0; reads < MAX_READS; reads++) {
    const rows = await deeds.reactors(postId, kind, shard, {
      ...(lt === undefined ? {} : { lt }),
      ...(gt === undefined ? {} : { gt }),
      reverse: upwards,
      limit,
    });
    for (const row of rows) if (row.active) ids.push(row.actor_id);
    if (rows.length < limit || ids.length >= limit) break;
    if (upwards) gt = rows.at(-1)!.actor_id;
    else lt = rows.at(-1)!.actor_id;
  }
  return ids;
}
