import type { Clock } from '#platform/clock/clock.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { reasonOf } from './errors.ts';
import type { PostgresTimes } from './options.ts';
import type { Pool } from './pool.ts';
import { positionOf } from './position.ts';
import { UNKNOWN_POSITION } from './transaction.ts';

interface Replica {
  readonly pool: Pool;
  /** What it has replayed, at its last look; undefined while it is left out. */
  replayed: bigint | undefined;
  lagMs: number;
}

/** A moment, and how far the primary was then. */
interface Mark {
  readonly atMs: number;
  readonly position: bigint;
}

export interface ReplicaOptions {
  readonly primary: Pool;
  readonly pools: readonly Pool[];
  readonly clock: Clock;
  readonly log: Logger;
  readonly times: PostgresTimes;
}

/**
 * Which replica may answer a read. All of them are looked at a few times a second. One that does not answer, that is a primary by now, or that is too far behind
 * is left out until it has caught up. How far behind one is: the time since the primary was where the replica is now, so that silence of
 * the primary does not count as lag.
 *
 * Whoever writes reads what they wrote: after a write of this process only replicas that have replayed it are asked.
 */
export class Replicas {
  readonly #options: ReplicaOptions;
  readonly #replicas: readonly Replica[];
  readonly #stopping = new AbortController();
  readonly #looking: Promise<void>;
  #marks: Mark[] = [];
  #written = 0n;
  #next = 0;

  constructor(options: ReplicaOptions) {
    this.#options = options;
    this.#replicas = options.pools.map((pool) => ({ pool, replayed: undefined, lagMs: Number.POSITIVE_INFINITY }));
    this.#looking = this.#replicas.length === 0 ? Promise.resolve() : this.#keepLooking();
  }

  /** Notes how far this process has written. */
  wrote(position: string): void {
    const written = positionOf(position);
    if (written > this.#written) this.#written = written;
  }

  /** Notes a write that may have been made: until the next look at the primary nobody knows how far it is. */
  mayHaveWritten(): void {
    this.wrote(UNKNOWN_POSITION);
  }

  /** A replica that has everything that this process wrote, in turn; undefined when there is none. */
  pick(): Pool | undefined {
    for (let tried = 0; tried < this.#replicas.length; tried++) {
      const { pool, replayed } = this.#replicas[this.#next++ % this.#replicas.length]!;
      if (replayed !== undefined && replayed >= this.#written && !pool.isAway) return pool;
    }
    return undefined;
  }

  /** For metrics: seconds behind, by place; infinite for one that is left out because it does not answer. */
  lags(): { readonly place: string; readonly seconds: number; readonly used: boolean }[] {
    return this.#replicas.map(({ pool, lagMs, replayed }) => ({
      place: pool.place,
      seconds: lagMs / 1_000,
      used: replayed !== undefined,
    }));
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#looking;
    await Promise.all(this.#replicas.map(({ pool }) => pool.close()));
  }

  async #keepLooking(): Promise<void> {
    const { clock, times } = this.#options;
    const { signal } = this.#stopping;
    const looks = [this.#markPrimary, ...this.#replicas.map((replica) => () => this.#look(replica))];
    // Each on its own: one that does not answer must not keep the others from being looked at.
    const loops = looks.map(async (look) => {
      while (!signal.aborted) {
        await look();
        await clock.wait(times.lookMs, signal);
      }
    });
    await Promise.all(loops);
  }

  readonly #markPrimary = async (): Promise<void> => {
    const { primary, clock, times } = this.#options;
    const uncertain = this.#written === positionOf(UNKNOWN_POSITION);
    const atMs = clock.monotonic();
    try {
      const answer = await primary.use((session) => session.say('SELECT pg_current_wal_flush_lsn()::text AS position'));
      const position = positionOf(String(answer.rows[0]!.position));
      this.#marks.push({ atMs, position });
      if (uncertain) this.#written = position;
    } catch {
      // The primary's own pool says that it is away. Replicas are measured by the last that is known of it.
    }
    // The last mark before the longest lag is enough to know that a replica is beyond it.
    const oldest = this.#marks.findLastIndex((mark) => mark.atMs < atMs - 2 * times.maxLagMs);
    if (oldest > 0) this.#marks = this.#marks.slice(oldest);
  };

  async #look(replica: Replica): Promise<void> {
    const { times, log, clock } = this.#options;
    const before = replica.replayed;
    let reason = 'it is too far behind';
    try {
      const answer = await replica.pool.use((session) =>
        session.say('SELECT pg_is_in_recovery() AS follows, pg_last_wal_replay_lsn()::text AS position'),
      );
      const { follows, position } = answer.rows[0]!;
      if (follows !== 1 || position === null) throw new Error('it follows no primary');
      const replayed = positionOf(String(position));
      replica.lagMs = this.#lagMs(replayed, clock.monotonic());
      replica.replayed = replica.lagMs <= times.maxLagMs ? replayed : undefined;
    } catch (error) {
      reason = reasonOf(error);
      replica.lagMs = Number.POSITIVE_INFINITY;
      replica.replayed = undefined;
    }
    const server = replica.pool.place;
    if (before !== undefined && replica.replayed === undefined) log.warn({ server, reason }, 'a replica is left out');
    if (before === undefined && replica.replayed !== undefined) log.info({ server }, 'a replica is read from');
  }

  /** Time from the first moment at which the primary was further than the replica is now, to the last that is known of the primary. */
  #lagMs(replayed: bigint, nowMs: number): number {
    const last = this.#marks.at(-1);
    if (last === undefined) return Number.POSITIVE_INFINITY;
    const ahead = this.#marks.find((mark) => mark.position > replayed);
    return ahead === undefined ? 0 : Math.min(nowMs, last.atMs) - ahead.atMs;
  }
}
