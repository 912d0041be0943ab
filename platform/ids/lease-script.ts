import { PlazaError } from '#platform/errors/errors.ts';
import { queryBuilder } from '#ports/relational/builder.ts';
import { changedBy, type Migrations, type Query, rowOf, script } from '#ports/relational/port.ts';
import { MAX_WORKER } from './ids.ts';

interface LeaseTables {
  readonly worker_lease: {
    readonly worker: number;
    /** A secret of the process that holds it. */
    readonly holder: string;
    /** Wall time in milliseconds. */
    readonly expires_ms: number;
  };
}

const db = queryBuilder<LeaseTables>();

export const LEASE_MIGRATIONS: Migrations = {
  '001-worker-lease': [
    'CREATE TABLE worker_lease (worker INTEGER NOT NULL PRIMARY KEY, holder TEXT NOT NULL, expires_ms BIGINT NOT NULL)',
    'CREATE INDEX worker_lease_by_expiry ON worker_lease (expires_ms)',
  ],
};

export interface AcquireArgs {
  readonly holder: string;
  readonly expiresMs: number;
  /** A lease that ended before this may be given to somebody else. */
  readonly freeBeforeMs: number;
}

/** Takes the number that has been free for longest, else one that was never used: rows are dense, so their count is the next. */
export const acquireWorker = script(import.meta.url, 'acquireWorker', function* (args: AcquireArgs) {
  const { holder, expiresMs: expires_ms, freeBeforeMs } = args;
  const free = yield* rowOf<{ worker: number }>(
    db
      .selectFrom('worker_lease')
      .select('worker')
      .where('expires_ms', '<', freeBeforeMs)
      .orderBy('expires_ms')
      .orderBy('worker')
      .limit(1),
  );
  if (free !== undefined) {
    yield* changedBy(db.updateTable('worker_lease').set({ holder, expires_ms }).where('worker', '=', free.worker));
    return free.worker;
  }
  const used = yield* rowOf<{ count: number }>(
    db.selectFrom('worker_lease').select((eb) => eb.fn.countAll<number>().as('count')),
  );
  const worker = Number(used?.count ?? 0);
  if (worker > MAX_WORKER) throw new PlazaError('unavailable', 'Every worker number is leased');
  yield* changedBy(db.insertInto('worker_lease').values({ worker, holder, expires_ms }));
  return worker;
});

/** Changes one row while `holder` still has the number, none after. */
export function renewal(worker: number, holder: string, expiresMs: number): Query {
  return db
    .updateTable('worker_lease')
    .set({ expires_ms: expiresMs })
    .where('worker', '=', worker)
    .where('holder', '=', holder);
}
