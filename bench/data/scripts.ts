import { type Query, type ScriptBody, script } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { db, type PairRow } from '#services/user/store/tables.ts';

/** What a generator writes at once, in order of its keys, instead of person by person. It runs in the writer thread. */

export interface BulkFollow {
  readonly actorId: string;
  readonly targetId: string;
  readonly followId: string;
}

const insertPair = prepared((p: PairRow) =>
  db
    .insertInto('user_pairs')
    .values({
      actor_id: p.actor_id,
      target_id: p.target_id,
      revision: p.revision,
      follow_id: p.follow_id,
      request_id: p.request_id,
      show_reposts: p.show_reposts,
      notify: p.notify,
      languages: p.languages,
      block_id: p.block_id,
      mute_id: p.mute_id,
      mute_notifications: p.mute_notifications,
      mute_until_ms: p.mute_until_ms,
      endorse_id: p.endorse_id,
      note: p.note,
      counted: p.counted,
    })
    .onConflict((conflict) => conflict.doNothing()),
);

/** Follows as they stand when all their events have been handled. */
export const addFollows = script(
  import.meta.url,
  'addFollows',
  function* ({ follows }: { readonly follows: readonly BulkFollow[] }): ReturnType<ScriptBody<unknown, void>> {
    for (const { actorId, targetId, followId } of follows) {
      yield insertPair({
        actor_id: actorId,
        target_id: targetId,
        revision: 1,
        follow_id: followId,
        request_id: null,
        show_reposts: 1,
        notify: 0,
        languages: '',
        block_id: null,
        mute_id: null,
        mute_notifications: 0,
        mute_until_ms: null,
        endorse_id: null,
        note: '',
        counted: 1,
      });
    }
  },
);

const setFollows = prepared((p: { id: string }) =>
  db
    .updateTable('user_heads')
    .set(({ selectFrom, fn }) => ({
      follows: selectFrom('user_pairs')
        .select(fn.countAll<number>().as('n'))
        .where('actor_id', '=', p.id)
        .where('follow_id', 'is not', null),
    }))
    .where('id', '=', p.id),
);
const setFollowers = prepared((p: { id: string }) =>
  db
    .updateTable('user_counts')
    .set(({ selectFrom, fn }) => ({
      followers: selectFrom('user_pairs')
        .select(fn.countAll<number>().as('n'))
        .where('target_id', '=', p.id)
        .where('follow_id', 'is not', null),
    }))
    .where('id', '=', p.id),
);

/** Brings the numbers of these people up to their follows. */
export const countFollowsOf = script(
  import.meta.url,
  'countFollowsOf',
  function* ({ ids }: { readonly ids: readonly string[] }): Generator<Query, void> {
    for (const id of ids) {
      yield setFollows({ id });
      yield setFollowers({ id });
    }
  },
);

const insertCounted = prepared((p: { authorId: string; postId: string }) =>
  db
    .insertInto('user_counted_posts')
    .values({ author_id: p.authorId, post_id: p.postId, counted: 1 })
    .onConflict((conflict) => conflict.doNothing()),
);
const setPosts = prepared((p: { authorId: string; posts: number; lastMs: number }) =>
  db.updateTable('user_counts').set({ posts: p.posts, last_post_ms: p.lastMs }).where('id', '=', p.authorId),
);

/** All posts of some authors, as they stand when their events have been handled. */
export const countPostsOf = script(
  import.meta.url,
  'countPostsOf',
  function* ({
    authors,
  }: {
    readonly authors: readonly {
      readonly authorId: string;
      readonly postIds: readonly string[];
      readonly lastMs: number;
    }[];
  }): Generator<Query, void> {
    for (const { authorId, postIds, lastMs } of authors) {
      for (const postId of postIds) yield insertCounted({ authorId, postId });
      yield setPosts({ authorId, posts: postIds.length, lastMs });
    }
  },
);
