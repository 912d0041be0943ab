import { PlazaError } from '#platform/errors/errors.ts';
import type { Migrations, Query, Relational, Script, Step, WriteOutcome } from '#ports/relational/port.ts';
import type { SqliteFile, SqliteStatement, SqlValue } from '#ports/sqlite/port.ts';
import { migrateSqlite } from './migrate.ts';

/** Statements of one batch; more belongs into several batches, or into a script. */
const MAX_STEPS = 1_000;

/** The relational port on one SQLite file. The file belongs to its opener: closing the port leaves it open. */
export function sqliteRelational(file: SqliteFile): Relational {
  return new SqliteRelational(file);
}

class SqliteRelational implements Relational {
  readonly #file: SqliteFile;
  #migrating: Promise<void> = Promise.resolve();

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  /** There is one copy of the data, so every read is as fresh as a primary's. */
  async query<R>(query: Query<R>): Promise<R[]> {
    const { sql, parameters } = compiled(query);
    return isHot(query) ? this.#file.remember<R>(sql, parameters) : this.#file.read<R>(sql, parameters);
  }

  async batch(steps: readonly Step[]): Promise<WriteOutcome[]> {
    if (steps.length > MAX_STEPS) throw new PlazaError('too_large', `A batch has at most ${MAX_STEPS} steps`);
    return this.#file.write(steps.map(statementOf));
  }

  async run<A, R>(script: Script<A, R>, args: A): Promise<R> {
    return this.#file.run(script, args);
  }

  /** One after the other: each looks first at what was applied. */
  async migrate(service: string, migrations: Migrations): Promise<void> {
    const migrating = this.#migrating.then(() => migrateSqlite(this.#file, service, migrations));
    this.#migrating = migrating.catch(() => {});
    await migrating;
  }

  async close(): Promise<void> {}
}

function compiled(query: Query): { readonly sql: string; readonly parameters: readonly SqlValue[] } {
  const { sql, parameters } = 'compile' in query ? query.compile() : query;
  return { sql, parameters: parameters as readonly SqlValue[] };
}

/** A query that was compiled ahead is asked again and again, mostly with the same answer. */
function isHot(query: Query): boolean {
  return !('compile' in query);
}

function statementOf({ query, expect }: Step): SqliteStatement {
  const { sql, parameters } = compiled(query);
  return expect === undefined ? { sql, parameters } : { sql, parameters, expect };
}
