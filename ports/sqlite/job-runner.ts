import type { DatabaseSync } from 'node:sqlite';
import { GuardFailed, type Query, type ScriptBody, type WriteOutcome } from '#ports/relational/port.ts';
import { SCHEMA_MARK } from './change-marks.ts';
import type { RowBatch, SqliteOutcome, SqliteStatement, SqlValue } from './port.ts';
import type { Job, WireOutcome } from './protocol.ts';
import { allRows, checkParameters, StatementCache } from './statements.ts';

const NO_ROWS: readonly Record<string, unknown>[] = [];

/** Runs jobs inside the transaction that its caller holds. A job that throws has left nothing behind. */
export class JobRunner {
  readonly #db: DatabaseSync;
  readonly #statements: StatementCache;
  readonly #savepoint;
  readonly #release;
  readonly #undo;
  /** Marks of what the jobs changed since it was cleared. */
  readonly changed = new Set<number>();

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#statements = new StatementCache(db);
    this.#savepoint = db.prepare('SAVEPOINT job');
    this.#release = db.prepare('RELEASE job');
    this.#undo = db.prepare('ROLLBACK TO job');
  }

  /** The value of the job's promise. `body` is the script's, for a script. */
  run(job: Job, body: ScriptBody<unknown, unknown> | undefined): unknown {
    // SQLite undoes a single statement that fails by itself.
    if (job.kind === 'statements' && job.statements.length === 1 && job.statements[0]!.expect === undefined) {
      return [this.#wireOutcome(job.statements[0]!)];
    }
    this.#savepoint.run();
    try {
      const value = this.#runInside(job, body);
      this.#release.run();
      return value;
    } catch (error) {
      // Some failures (a full disk) end the whole transaction; then there is nothing left to undo here.
      if (this.#db.isTransaction) {
        this.#undo.run();
        this.#release.run();
      }
      throw error;
    }
  }

  #runInside(job: Job, body: ScriptBody<unknown, unknown> | undefined): unknown {
    switch (job.kind) {
      case 'statements':
        return this.#runStatements(job.statements);
      case 'rows':
        for (const batch of job.batches) this.#runRows(batch);
        return undefined;
      case 'script':
        return this.#runScript(body!(job.args));
      case 'define':
        this.changed.add(SCHEMA_MARK);
        this.#db.exec(job.sql);
        this.#statements.forget();
        return undefined;
    }
  }

  #runStatements(statements: readonly SqliteStatement[]): WireOutcome[] {
    return statements.map((statement, step) => {
      const outcome = this.#wireOutcome(statement);
      const changed = typeof outcome === 'number' ? outcome : outcome.changed;
      if (statement.expect !== undefined && statement.expect !== changed) {
        throw new GuardFailed(step, statement.expect, changed);
      }
      return outcome;
    });
  }

  #runRows(batch: RowBatch): void {
    const { statement, tables } = this.#statements.get(batch.sql);
    for (const mark of tables.changed) this.changed.add(mark);
    if (batch.marks !== undefined) for (const mark of batch.marks) this.changed.add(mark);
    const { values, width } = batch;
    checkParameters(values);
    for (const start of rowStarts(batch)) statement.run(...values.slice(start, start + width));
  }

  #runScript(body: Generator<Query, unknown, WriteOutcome>): unknown {
    let step = body.next();
    while (!step.done) {
      let outcome: SqliteOutcome;
      try {
        const query = step.value;
        const compiled = 'compile' in query ? query.compile() : query;
        outcome = this.#outcome(compiled.sql, compiled.parameters as readonly SqlValue[]);
      } catch (error) {
        // The body may tidy up; it may not go on, because other databases end the transaction here.
        body.return(undefined);
        throw error;
      }
      step = body.next(outcome);
    }
    return step.value;
  }

  #wireOutcome(statement: SqliteStatement): WireOutcome {
    const outcome = this.#outcome(statement.sql, statement.parameters);
    return outcome.rows.length === 0 ? outcome.changed : outcome;
  }

  #outcome(sql: string, parameters: readonly SqlValue[]): SqliteOutcome {
    const prepared = this.#statements.get(sql);
    for (const mark of prepared.tables.changed) this.changed.add(mark);
    if (prepared.kind === 'change') {
      checkParameters(parameters);
      const { changes } = prepared.statement.run(...parameters);
      if (prepared.tables.changed.includes(SCHEMA_MARK)) this.#statements.forget();
      return { rows: NO_ROWS, changed: Number(changes) };
    }
    const rows = allRows(prepared, parameters);
    return { rows, changed: prepared.kind === 'returning' ? rows.length : 0 };
  }
}

/** Where each row of the batch starts, in the order in which the rows should be written. */
function rowStarts({ values, width, sortBy = 0 }: RowBatch): number[] {
  const starts = Array.from({ length: values.length / width }, (_, row) => row * width);
  if (sortBy === 0 || starts.length < 2) return starts;
  return starts.sort((a, b) => {
    for (let column = 0; column < sortBy; column++) {
      const left = values[a + column]!;
      const right = values[b + column]!;
      if (left < right) return -1;
      if (left > right) return 1;
    }
    return 0;
  });
}
