import { queryBuilder } from '#ports/relational/builder.ts';
import { changedBy, type Migrations, type Query, script } from '#ports/relational/port.ts';

interface Tables {
  leadership: { name: string; holder: string; expires_ms: number };
}

export const LEADERSHIP_MIGRATIONS: Migrations = {
  '001-leadership': [
    `CREATE TABLE leadership (
      name TEXT NOT NULL PRIMARY KEY,
      holder TEXT NOT NULL,
      expires_ms BIGINT NOT NULL
    )`,
  ],
};

const db = queryBuilder<Tables>();

interface Claim {
  readonly name: string;
  readonly holder: string;
  readonly nowMs: number;
  readonly expiresMs: number;
}

/** Takes a lease that is free or over, or renews one's own. Answers whether the holder has it. */
export const claimLeadership = script(import.meta.url, 'claimLeadership', function* (claim: Claim) {
  const { name, holder, nowMs, expiresMs } = claim;
  const renewed = yield* changedBy(
    db
      .updateTable('leadership')
      .set({ holder, expires_ms: expiresMs })
      .where('name', '=', name)
      .where((row) => row.or([row('holder', '=', holder), row('expires_ms', '<', nowMs)])),
  );
  if (renewed > 0) return true;
  const inserted = yield* changedBy(
    db
      .insertInto('leadership')
      .values({ name, holder, expires_ms: expiresMs })
      .onConflict((conflict) => conflict.column('name').doNothing()),
  );
  return inserted > 0;
});

/** Gives a lease back, if the holder still has it. */
export function resignation(name: string, holder: string): Query {
  return db.deleteFrom('leadership').where('name', '=', name).where('holder', '=', holder);
}
