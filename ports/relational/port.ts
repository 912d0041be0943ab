import type { Compilable, CompiledQuery } from 'kysely';

/** A query as the builder makes it, or compiled ahead for a hot path. */
export type Query<R = unknown> = CompiledQuery<R> | Compilable<R>;

export interface WriteOutcome {
  /** Rows that the statement returned (`RETURNING`). */
  readonly rows: readonly Record<string, unknown>[];
  /** Rows that it changed. */
  readonly changed: number;
}

/** One statement of a batch. With `expect`, the batch is undone unless exactly that many rows changed. */
export interface Step {
  readonly query: Query;
  readonly expect?: number;
}

/** Raised when a step changed another number of rows than it expected; nothing of the batch was kept. */
export class GuardFailed extends Error {
  readonly step: number;
  constructor(step: number, expected: number, changed: number) {
    super(`Step ${step} changed ${changed} rows where ${expected} were expected.`);
    this.name = 'GuardFailed';
    this.step = step;
  }
}

/** What a script yields (a query) and what it gets back for it. */
export type ScriptBody<A, R> = (args: A) => Generator<Query, R, WriteOutcome>;

/**
 * A transaction that reads and then decides. It runs to its end where the data is: in the writer thread (SQLite) or over one server
 * connection (PostgreSQL, SERIALIZABLE, from the start again after a conflict), so it must be a pure function of `args` and of what its
 * queries answer. `module` and `name` say where the writer thread finds it. An error thrown by the body undoes everything and reaches the caller
 * (a `PlazaError` as such).
 */
export interface Script<A, R> {
  readonly module: string;
  readonly name: string;
  readonly body: ScriptBody<A, R>;
}

/** Declares a script: `export const follow = script(import.meta.url, 'follow', function* (args: …) { … })`. */
export function script<A, R>(module: string, name: string, body: ScriptBody<A, R>): Script<A, R> {
  return { module, name, body };
}

/** Inside a script: `const rows = yield* rowsOf(db.selectFrom(…))`. */
export function* rowsOf<R>(query: Query<R>): Generator<Query, R[], WriteOutcome> {
  return (yield query).rows as R[];
}

/** Inside a script: the first row, if there is one. */
export function* rowOf<R>(query: Query<R>): Generator<Query, R | undefined, WriteOutcome> {
  return (yield query).rows[0] as R | undefined;
}

/** Inside a script: runs a statement and gives the number of rows that it changed. */
export function* changedBy(query: Query): Generator<Query, number, WriteOutcome> {
  return (yield query).changed;
}

/**
 * Strongly consistent tables. Queries are built with Kysely (`builder.ts`) in what SQLite and PostgreSQL share: ids and times as text or
 * integers, booleans as 0 and 1, JSON as text, explicit order of NULLs, `ON CONFLICT` rather than caught violations.
 */
export interface Relational {
  /** Reads from the primary, unless `freshness` says that a replica's slightly older answer will do. */
  query<R>(query: Query<R>, options?: { freshness?: 'primary' | 'replica' }): Promise<R[]>;
  /** Runs the steps in order, all or none, durably. */
  batch(steps: readonly Step[]): Promise<WriteOutcome[]>;
  /** Runs a script, all or none, durably. */
  run<A, R>(script: Script<A, R>, args: A): Promise<R>;
  /** Brings one service's tables up to date. Migrations are named, ordered and applied once. */
  migrate(service: string, migrations: Migrations): Promise<void>;
  close(): Promise<void>;
}

/**
 * Name (`001-accounts`) to the statements of one step forward, one statement in each text. Column types are TEXT, BIGINT (or INTEGER), REAL; the twins
 * make of them what their engine calls so, and the SQLite twin makes every table STRICT.
 */
export type Migrations = Readonly<Record<string, readonly string[]>>;
