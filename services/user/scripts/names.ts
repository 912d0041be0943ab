import { PlazaError } from '#platform/errors/errors.ts';
import { changedBy, rowOf } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { db } from '../store/tables.ts';
import type { Step } from './head.ts';

const selectName = prepared((p: { name: string }) =>
  db.selectFrom('user_names').selectAll().where('name', '=', p.name),
);
const takeFree = prepared((p: { name: string; id: string }) =>
  db
    .insertInto('user_names')
    .values({ name: p.name, account_id: p.id, current: 1, held_until_ms: null })
    .onConflict((conflict) => conflict.doNothing()),
);
const takeOver = prepared((p: { name: string; id: string }) =>
  db
    .updateTable('user_names')
    .set({ account_id: p.id, current: 1, held_until_ms: null })
    .where('name', '=', p.name)
    .where('current', '=', 0),
);
const giveUp = prepared((p: { name: string; untilMs: number | null }) =>
  db.updateTable('user_names').set({ current: 0, held_until_ms: p.untilMs }).where('name', '=', p.name),
);

/** Makes a name (in its compared form) the account's, or refuses with `conflict`. Its former owner may have it back during the hold. */
export function* takeName(name: string, accountId: string, nowMs: number): Step<void> {
  const row = yield* rowOf(selectName({ name }));
  if (row === undefined) {
    if ((yield* changedBy(takeFree({ name, id: accountId }))) === 1) return;
    throw taken();
  }
  if (row.account_id === accountId && row.current === 1) return;
  const heldForOthers = row.held_until_ms === null || row.held_until_ms > nowMs;
  if (row.current === 1 || (row.account_id !== accountId && heldForOthers)) throw taken();
  yield takeOver({ name, id: accountId });
}

/** Ends an account's right to a name. Until `untilMs` (null: for ever) nobody else gets it. */
export function* releaseName(name: string, untilMs: number | null): Step<void> {
  yield giveUp({ name, untilMs });
}

function taken(): PlazaError {
  const description = 'Username has already been taken';
  return new PlazaError('conflict', `Validation failed: ${description}`, {
    description,
    details: { username: [{ error: 'ERR_TAKEN', description }] },
  });
}
