import { rowOf, script } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { db } from '../store/tables.ts';
import type { Step } from './head.ts';

const selectDay = prepared((p: { id: string }) => db.selectFrom('user_activity').select('day').where('id', '=', p.id));
const upsertDay = prepared((p: { id: string; day: number }) =>
  db
    .insertInto('user_activity')
    .values({ id: p.id, day: p.day })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ day: p.day })),
);
const addToDay = prepared((p: { day: number; by: number }) =>
  db
    .insertInto('user_active_days')
    .values({ day: p.day, accounts: p.by })
    .onConflict((conflict) =>
      conflict
        .column('day')
        .doUpdateSet((row) => ({ accounts: row('user_active_days.accounts', '+', row.ref('excluded.accounts')) })),
    ),
);

/** Notes on which days accounts were active. Each stands in the total of its last day; a day that is not later than the known one changes nothing. */
export const markActive = script(
  import.meta.url,
  'markActive',
  function* (args: { readonly active: readonly { readonly id: string; readonly day: number }[] }): Step<void> {
    const moved = new Map<number, number>();
    const move = (day: number, by: number) => moved.set(day, (moved.get(day) ?? 0) + by);
    for (const { id, day } of args.active) {
      const known = yield* rowOf(selectDay({ id }));
      if (known !== undefined && known.day >= day) continue;
      yield upsertDay({ id, day });
      if (known !== undefined) move(known.day, -1);
      move(day, 1);
    }
    for (const [day, by] of moved) if (by !== 0) yield addToDay({ day, by });
  },
);
