import { changedBy, script } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { db } from '../store/tables.ts';
import type { Step } from './head.ts';

const correct = prepared((p: { id: string; followers: number; posts: number; revision: number }) =>
  db
    .updateTable('user_counts')
    .set((row) => ({ followers: p.followers, posts: p.posts, revision: row('revision', '+', 1) }))
    .where('id', '=', p.id)
    .where('revision', '=', p.revision),
);

/** Sets what was counted afresh, unless something was counted meanwhile (then the next round comes to it). Whether it was set. */
export const correctCounts = script(
  import.meta.url,
  'correctCounts',
  function* (args: {
    readonly id: string;
    readonly followers: number;
    readonly posts: number;
    readonly revision: number;
  }): Step<boolean> {
    return (yield* changedBy(correct(args))) === 1;
  },
);
