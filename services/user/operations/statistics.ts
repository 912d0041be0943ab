import type { UserService } from '#contracts/services/user.ts';
import { prepared } from '#ports/relational/prepared.ts';
import type { UserParts } from '../parts.ts';
import { readCounts } from '../store/counts.ts';
import { db } from '../store/tables.ts';

type NumberOperations = Pick<UserService, 'getCounts' | 'statistics'>;

export const DAY_MS = 86_400_000;
const ACTIVE_DAYS = 30;

const selectTotal = prepared((_: object) =>
  db.selectFrom('user_totals').select('accounts').where('name', '=', 'active'),
);
const selectDays = prepared((p: { since: number }) =>
  db.selectFrom('user_active_days').select('accounts').where('day', '>', p.since),
);

/** Numbers: they may lag behind by what the consumers have yet to count. */
export function numberOperations({ relational, clock }: UserParts): NumberOperations {
  return {
    async getCounts({ ids }) {
      return { counts: await readCounts(relational, ids) };
    },
    async statistics() {
      const since = Math.floor(clock.now() / DAY_MS) - ACTIVE_DAYS;
      const [total] = await relational.query(selectTotal({}));
      const days = await relational.query(selectDays({ since }));
      return { accounts: total?.accounts ?? 0, activeMonth: days.reduce((sum, day) => sum + day.accounts, 0) };
    },
  };
}
