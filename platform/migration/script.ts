import { queryBuilder } from '#ports/relational/builder.ts';
import { changedBy, type Migrations, type Query, rowsOf, script } from '#ports/relational/port.ts';
import type { MigrationState, Phase } from './phases.ts';

interface Tables {
  wide_migration: {
    name: string;
    phase: number;
    step: number;
    /** 0 or 1. */
    filled: number;
    copied_to: string | null;
    done: number;
    total: number;
  };
  wide_migration_process: {
    /** A secret of the process. */
    holder: string;
    /** Grows with each renewal: whoever watches it needs no clock in common. */
    renewals: number;
    /** How long the process goes on without a renewal; 0 for one that has its data to itself and needs none. */
    lease_ms: number;
    /** JSON: migration → the step that the process obeys, with everything that it began before finished. */
    seen: string;
  };
}

const db = queryBuilder<Tables>();

export const MIGRATION_TABLES: Migrations = {
  '001-wide-migration': [
    `CREATE TABLE wide_migration (
      name TEXT NOT NULL PRIMARY KEY, phase BIGINT NOT NULL, step BIGINT NOT NULL, filled BIGINT NOT NULL,
      copied_to TEXT, done BIGINT NOT NULL, total BIGINT NOT NULL
    )`,
    `CREATE TABLE wide_migration_process (
      holder TEXT NOT NULL PRIMARY KEY, renewals BIGINT NOT NULL, lease_ms BIGINT NOT NULL, seen TEXT NOT NULL
    )`,
  ],
};

/** Migrations that nobody began have no row. */
export const allStates = db.selectFrom('wide_migration').selectAll();

type StateRow = Tables['wide_migration'];

export function stateOf(name: string, rows: readonly StateRow[]): MigrationState {
  const row = rows.find((one) => one.name === name);
  if (row === undefined) return { name, phase: 0, step: 0, filled: false, cursor: null, done: 0, total: 0 };
  const { phase, step, filled, copied_to: cursor, done, total } = row;
  return { name, phase: phase as Phase, step, filled: filled === 1, cursor, done, total };
}

export interface Presence {
  readonly holder: string;
  readonly leaseMs: number;
  readonly seen: Readonly<Record<string, number>>;
  /** Whether no other process can be alive. */
  readonly alone: boolean;
}

/** A process begins, or begins again: in one transaction it learns where migrations stand and is known to obey that. */
export const enrol = script(
  import.meta.url,
  'enrol',
  function* ({ holder, leaseMs, names, alone }: Omit<Presence, 'seen'> & { names: readonly string[] }) {
    const rows = yield* rowsOf<StateRow>(allStates);
    const seen = JSON.stringify(Object.fromEntries(names.map((name) => [name, stateOf(name, rows).step])));
    if (alone) yield* changedBy(db.deleteFrom('wide_migration_process'));
    yield* changedBy(
      db
        .insertInto('wide_migration_process')
        .values({ holder, renewals: 0, lease_ms: alone ? 0 : leaseMs, seen })
        .onConflict((conflict) => conflict.column('holder').doUpdateSet({ renewals: 0, lease_ms: leaseMs, seen })),
    );
    return rows;
  },
);

/** Answers where migrations stand; null when the process was taken for dead. */
export const renew = script(import.meta.url, 'renew', function* ({ holder, leaseMs, seen, alone }: Presence) {
  const changed = yield* changedBy(
    db
      .updateTable('wide_migration_process')
      .set((row) => ({
        renewals: row('renewals', '+', 1),
        lease_ms: alone ? 0 : leaseMs,
        seen: JSON.stringify(seen),
      }))
      .where('holder', '=', holder),
  );
  return changed === 0 ? null : yield* rowsOf<StateRow>(allStates);
});

export function farewell(holder: string): Query {
  return deletionOf(holder);
}

/** Buries a process that has not renewed its lease since it was looked at. */
export function burial(holder: string, renewals: number): Query {
  return deletionOf(holder).where('renewals', '=', renewals);
}

function deletionOf(holder: string) {
  return db.deleteFrom('wide_migration_process').where('holder', '=', holder);
}

export const allProcesses = db.selectFrom('wide_migration_process').selectAll();

export type ProcessRow = Tables['wide_migration_process'];

/** Whether a process obeys the step. One whose program does not know the migration never does. */
export function obeys(row: ProcessRow, name: string, step: number): boolean {
  return (JSON.parse(row.seen) as Record<string, number>)[name] === step;
}

export interface Move {
  readonly state: MigrationState;
  readonly phase: Phase;
  readonly filled: boolean;
}

/** Takes the next step if nobody else has, and if every process obeys the present one. Answers whether it did. */
export const move = script(import.meta.url, 'move', function* ({ state, phase, filled }: Move) {
  const { name, step } = state;
  const rows = yield* rowsOf<StateRow>(allStates);
  if (stateOf(name, rows).step !== step) return false;
  const processes = yield* rowsOf<ProcessRow>(allProcesses);
  if (processes.some((row) => !obeys(row, name, step))) return false;
  const next = { phase, step: step + 1, filled: filled ? 1 : 0, copied_to: null, done: 0, total: 0 };
  yield* changedBy(
    db
      .insertInto('wide_migration')
      .values({ name, ...next })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(next)),
  );
  return true;
});

/** How far the copy of this step is. Changes no row when the step is over. */
export function progress(state: MigrationState): Query {
  const { name, step, filled, cursor, done, total } = state;
  return db
    .updateTable('wide_migration')
    .set({ filled: filled ? 1 : 0, copied_to: cursor, done, total })
    .where('name', '=', name)
    .where('step', '=', step);
}
