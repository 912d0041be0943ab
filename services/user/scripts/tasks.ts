import { type Query, script } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { db } from '../store/tables.ts';
import type { Step } from './head.ts';

/**
 * Work that a change promises. `erase`: forget what is left of a deleted account. `authorize`: let in who waits before a door that was unlocked.
 * `remove:<key>`: remove the objects below a key.
 */
export type TaskKind = 'erase' | 'authorize' | `remove:${string}`;

const insertTask = prepared((p: { id: string; kind: string }) =>
  db
    .insertInto('user_tasks')
    .values({ account_id: p.id, kind: p.kind })
    .onConflict((conflict) => conflict.doNothing()),
);
const deleteTask = prepared((p: { id: string; kind: string }) =>
  db.deleteFrom('user_tasks').where('account_id', '=', p.id).where('kind', '=', p.kind),
);

/** Promises work in the transaction that makes it necessary. */
export function promise(accountId: string, kind: TaskKind): Query {
  return insertTask({ id: accountId, kind });
}

/** Notes that a promised work is done. */
export const finishTask = script(
  import.meta.url,
  'finishTask',
  function* (args: { readonly accountId: string; readonly kind: string }): Step<void> {
    yield deleteTask({ id: args.accountId, kind: args.kind });
  },
);
