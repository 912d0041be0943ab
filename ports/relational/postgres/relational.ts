import { PlazaError } from '#platform/errors/errors.ts';
import type { Migrations, Query, Relational, Script, Step, WriteOutcome } from '#ports/relational/port.ts';
import { ConnectionLost, StalePlan, told } from './errors.ts';
import { databaseMetrics } from './metrics.ts';
import { migratePostgres } from './migrate.ts';
import { type PostgresOptions, type PostgresTimes, REPLICA_TIMES, TIMES, targetOf } from './options.ts';
import { Pool } from './pool.ts';
import { Replicas } from './replicas.ts';
import { retrying } from './retry.ts';
import type { Session } from './session.ts';
import { Statements } from './statements.ts';
import { type Compiled, compiled, type OnWritten, runBatch, runScript } from './transaction.ts';

/** Statements of one batch; more belongs into several batches, or into a script. */
const MAX_STEPS = 1_000;
const POOL_SIZE = 10;

/**
 * The relational port on PostgreSQL 13 or newer. Replicas may be away; the primary must answer once.
 * @throws Error that names the server when it cannot be reached, or does not let us in
 */
export async function openPostgres(options: PostgresOptions): Promise<Relational> {
  const { clock, log, random, poolSize: size = POOL_SIZE } = options;
  const times = { ...TIMES, ...options.times };
  const statements = new Statements();
  const pool = (url: string, times: PostgresTimes) =>
    new Pool({ target: targetOf(url, options.tls, times), size, times, statements, clock, log });
  const primary = pool(options.url, times);
  const pools = (options.replicaUrls ?? []).map((url) => pool(url, { ...times, ...REPLICA_TIMES }));
  try {
    await primary.check();
  } catch (error) {
    await Promise.all([primary, ...pools].map((each) => each.close()));
    const { cause = error } = error as Error;
    throw new Error(`PostgreSQL at ${primary.place} does not let Plaza in: ${(cause as Error).message}`, { cause });
  }
  const replicas = new Replicas({ primary, pools, clock, log, times });
  const onConflict = databaseMetrics(options.metrics, primary, replicas);
  const withRetries = retrying({ clock, random, onConflict });
  return new PostgresRelational(primary, size, replicas, withRetries, pools.length > 0);
}

class PostgresRelational implements Relational {
  readonly #primary: Pool;
  readonly #replicas: Replicas;
  readonly #withRetries: ReturnType<typeof retrying>;
  readonly #poolSize: number;
  /** Where writes stand is of interest only if there is somebody who may not have them yet. */
  readonly #onWritten: OnWritten | undefined;

  constructor(
    primary: Pool,
    poolSize: number,
    replicas: Replicas,
    withRetries: ReturnType<typeof retrying>,
    hasReplicas: boolean,
  ) {
    this.#primary = primary;
    this.#poolSize = poolSize;
    this.#replicas = replicas;
    this.#withRetries = withRetries;
    this.#onWritten = hasReplicas ? (position) => replicas.wrote(position) : undefined;
  }

  async query<R>(query: Query<R>, { freshness = 'primary' }: { freshness?: 'primary' | 'replica' } = {}): Promise<R[]> {
    const read = compiled(query);
    const replica = freshness === 'replica' ? this.#replicas.pick() : undefined;
    if (replica !== undefined) {
      try {
        return await ask<R>(replica, read);
      } catch {
        // It died, it is behind a migration, or its own replay stopped the query: the primary knows better.
      }
    }
    try {
      return await this.#read<R>(read);
    } catch (error) {
      throw told(error);
    }
  }

  async batch(steps: readonly Step[]): Promise<WriteOutcome[]> {
    if (steps.length > MAX_STEPS) throw new PlazaError('too_large', `A batch has at most ${MAX_STEPS} steps`);
    if (steps.length === 0) return [];
    return this.#write(compiled(steps[0]!.query).sql, (session) => runBatch(session, steps, this.#onWritten));
  }

  async run<A, R>(script: Script<A, R>, args: A): Promise<R> {
    const name = `${script.module} ${script.name}`;
    return this.#write(name, (session) => runScript(session, script, args, this.#onWritten));
  }

  async migrate(service: string, migrations: Migrations): Promise<void> {
    try {
      await migratePostgres(this.#primary, service, migrations);
    } catch (error) {
      throw told(error);
    } finally {
      this.#replicas.mayHaveWritten();
    }
  }

  async close(): Promise<void> {
    await this.#replicas.close();
    await this.#primary.close();
  }

  async #write<T>(kind: string, work: (session: Session) => Promise<T>): Promise<T> {
    try {
      return await this.#withRetries(kind, () => this.#primary.use(work));
    } catch (error) {
      if (error instanceof PlazaError && error.code === 'timeout') this.#replicas.mayHaveWritten();
      throw told(error);
    }
  }

  /**
   * A read may be repeated: once, if the server ended the connection while it was idle (it was restarted, or another one took over); and on another connection
   * for as long as there may be one that was there before a table changed.
   */
  async #read<R>(read: Compiled): Promise<R[]> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await ask<R>(this.#primary, read);
      } catch (error) {
        const again =
          error instanceof StalePlan ? this.#poolSize : error instanceof ConnectionLost && !error.silent ? 1 : 0;
        if (attempt >= again) throw error;
      }
    }
  }
}

async function ask<R>(pool: Pool, { sql, parameters }: Compiled): Promise<R[]> {
  return (await pool.use((session) => session.ask(sql, parameters))).rows as R[];
}
