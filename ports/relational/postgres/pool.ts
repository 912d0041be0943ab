import pg from 'pg';
import type { Clock } from '#platform/clock/clock.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { ConnectionLost, endsConnection, reasonOf, StalePlan, unavailable, understood } from './errors.ts';
import type { PostgresTimes, Target } from './options.ts';
import { Queue } from './queue.ts';
import { Session } from './session.ts';
import type { Statements } from './statements.ts';

export interface PoolOptions {
  readonly target: Target;
  readonly size: number;
  readonly times: PostgresTimes;
  readonly statements: Statements;
  readonly clock: Clock;
  readonly log: Logger;
}

interface Connection {
  /** Connections that were made before the server went away are not used again. */
  readonly era: number;
  readonly prepared: Set<string>;
}

/**
 * Connections to one server. When it cannot be reached or goes silent, callers are refused at once instead of one timeout after the other, until a
 * connection can be made again, which is tried all the time.
 */
export class Pool {
  readonly place: string;
  readonly #options: PoolOptions;
  readonly #pool: pg.Pool;
  readonly #queue: Queue;
  readonly #connections = new WeakMap<pg.PoolClient, Connection>();
  readonly #stopping = new AbortController();
  #era = 0;
  #away: { readonly error: Error; readonly probing: Promise<void> } | undefined;

  constructor(options: PoolOptions) {
    const { target, size, times, log } = options;
    this.place = target.place;
    this.#options = options;
    this.#queue = new Queue(size, times.queueMs);
    this.#pool = new pg.Pool({ ...target.config, max: size });
    // An idle connection that ends is no news for anybody: the pool has let it go.
    this.#pool.on('error', (error) => log.info({ server: this.place, reason: reasonOf(error) }, 'a connection ended'));
    this.#pool.on('connect', (client) => {
      this.#connections.set(client, { era: this.#era, prepared: new Set() });
    });
  }

  get isAway(): boolean {
    return this.#away !== undefined;
  }

  get waiting(): number {
    return this.#queue.waiting;
  }

  get open(): number {
    return this.#pool.totalCount;
  }

  /**
   * Lends a connection. It is closed afterwards if what was thrown says that it is of no more use.
   * @throws PlazaError `unavailable` when there is none, before anything was sent
   */
  async use<T>(work: (session: Session) => Promise<T>): Promise<T> {
    if (this.#away !== undefined) throw this.#away.error;
    if (this.#stopping.signal.aborted) throw unavailable('The connection to the database is closed');
    await this.#queue.enter();
    try {
      return await this.#lend(work);
    } finally {
      this.#queue.leave();
    }
  }

  /** Whether the server lets us in. */
  async check(): Promise<void> {
    await this.use((session) => session.say('SELECT 1'));
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    this.#queue.refuseAll(unavailable('The connection to the database is closed'));
    await this.#away?.probing;
    await this.#pool.end();
  }

  async #lend<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    const { prepared } = this.#connections.get(client)!;
    const session = new Session(client, this.#options.statements, prepared);
    // Without a listener, the end of a connection in use would end the program; whoever waits for its answer is told anyway.
    const onError = () => {};
    client.on('error', onError);
    let spent = true;
    try {
      const value = await work(session);
      spent = session.isFull;
      return value;
    } catch (error) {
      spent = session.isFull || saysEnd(error);
      if (isSilence(error)) this.#shut(error);
      throw error;
    } finally {
      client.removeListener('error', onError);
      client.release(spent);
    }
  }

  async #connect(): Promise<pg.PoolClient> {
    for (;;) {
      let client: pg.PoolClient;
      try {
        client = await this.#pool.connect();
      } catch (cause) {
        const error = understood(cause);
        this.#shut(error);
        throw unavailable('The database cannot be reached', error);
      }
      if (this.#connections.get(client)!.era === this.#era) return client;
      client.release(true);
    }
  }

  #shut(cause: unknown): void {
    if (this.#away !== undefined || this.#stopping.signal.aborted) return;
    this.#era++;
    const error = unavailable('The database cannot be reached', cause);
    this.#options.log.error({ server: this.place, reason: reasonOf(cause) }, 'a database server cannot be reached');
    this.#queue.refuseAll(error);
    this.#away = { error, probing: this.#probe() };
  }

  async #probe(): Promise<void> {
    const { clock, times, log, target } = this.#options;
    const { signal } = this.#stopping;
    for (;;) {
      await clock.wait(times.lookMs, signal);
      if (signal.aborted) return;
      const client = new pg.Client(target.config);
      client.on('error', () => {});
      try {
        await client.connect();
        await client.query('SELECT 1');
        break;
      } catch {
        // Still away.
      } finally {
        // A goodbye to a silent server is never answered.
        void client.end().catch(() => {});
      }
    }
    log.warn({ server: this.place }, 'a database server is back');
    this.#away = undefined;
  }
}

function causes(error: unknown): unknown[] {
  const found: unknown[] = [];
  for (let at = error; at instanceof Error && found.length < 5; at = at.cause) found.push(at);
  return found;
}

function saysEnd(error: unknown): boolean {
  // A connection with a plan that no longer holds may have more of them.
  return causes(error).some((cause) => endsConnection(cause) || cause instanceof StalePlan);
}

function isSilence(error: unknown): boolean {
  return causes(error).some((cause) => cause instanceof ConnectionLost && cause.silent);
}
